import type { Stage } from '../../../workers/api/registry.ts';

/** A letter for each stage, so that no lane is told by colour alone. */
export const stageMark: Readonly<Record<Stage, string>> = {
  None: 'N',
  Staging: 'S',
  Production: 'P',
  Archived: 'A',
};
