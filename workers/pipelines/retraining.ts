import type { TaskDefinition } from '../api/pipelines.ts';

/** The pipeline that answers drift and new annotations: six steps, one after the other. */
export const retraining: {
  readonly name: string;
  readonly version: number;
  readonly tasks: readonly TaskDefinition[];
} = {
  name: 'retraining',
  version: 1,
  tasks: [
    { id: 'clean', title: 'Clean', kind: 'corpus.clean', after: [], retries: 0 },
    { id: 'prepare', title: 'Prepare', kind: 'corpus.prepare', after: ['clean'], retries: 0 },
    { id: 'features', title: 'Features', kind: 'training.features', after: ['prepare'], retries: 1 },
    { id: 'train', title: 'Train', kind: 'training.train', after: ['features'], retries: 1 },
    { id: 'evaluate', title: 'Evaluate', kind: 'training.evaluate', after: ['train'], retries: 0 },
    { id: 'validate', title: 'Validate', kind: 'registry.validate', after: ['evaluate'], retries: 0 },
  ],
};
