import type { IconName } from '@blueprintjs/core';

export interface AreaEntry {
  readonly id: AreaId;
  readonly title: string;
  readonly icon: IconName;
}

export type AreaId =
  'corpus' | 'annotation' | 'training' | 'registry' | 'serving' | 'monitoring' | 'pipelines';

/** The seven areas in the order in which data flows through them. */
export const areas: readonly AreaEntry[] = [
  { id: 'corpus', title: 'Corpus', icon: 'document' },
  { id: 'annotation', title: 'Annotation', icon: 'highlight' },
  { id: 'training', title: 'Training', icon: 'learning' },
  { id: 'registry', title: 'Registry', icon: 'box' },
  { id: 'serving', title: 'Serving', icon: 'send-to-graph' },
  { id: 'monitoring', title: 'Monitoring', icon: 'pulse' },
  { id: 'pipelines', title: 'Pipelines', icon: 'data-lineage' },
];
