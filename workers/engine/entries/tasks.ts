import type { TaskModules } from '../run-task.ts';

/**
 * Every computation that runs in a thread, by the name that its `task(…)` declares. A module is loaded by the
 * thread that needs it, at its first use.
 */
export const tasks: TaskModules = {
  'engine.check-file': () => import('../check-file.worker.ts'),
  'engine.copy-encrypted': () => import('../copy-encrypted.worker.ts'),
  'training.train': () => import('../../training/train.worker.ts'),
  'training.estimate': () => import('../../training/estimate.worker.ts'),
  'training.difference': () => import('../../training/difference.worker.ts'),
  'training.export-predictions': () => import('../../training/export.worker.ts'),
  'registry.unit-gates': () => import('../../registry/unit-gates.worker.ts'),
  'registry.prepare-bundle': () => import('../../registry/prepare-bundle.worker.ts'),
  'serving.tag-texts': () => import('../../serving/tag-texts.worker.ts'),
  'serving.suggest-notes': () => import('../../serving/suggest-notes.worker.ts'),
  'serving.treatment-map': () => import('../../serving/treatment-map.worker.ts'),
  'serving.mapping-accuracy': () => import('../../serving/mapping-accuracy.worker.ts'),
  'serving.speed': () => import('../../serving/speed.worker.ts'),
  'serving.vocabulary': () => import('../../serving/vocabulary.worker.ts'),
  'monitoring.score': () => import('../../monitoring/score.worker.ts'),
};
