import type { Migration } from './migration.ts';
import { workspaceMigration } from './0010-workspace.ts';
import { corpusMigration } from './0020-corpus.ts';
import { annotationMigration } from './0030-annotation.ts';
import { trainingMigration } from './0040-training.ts';
import { registryMigration } from './0050-registry.ts';
import { monitoringMigration } from './0060-monitoring.ts';
import { pipelinesMigration } from './0070-pipelines.ts';

/** Every migration, oldest first. */
export const migrations: readonly Migration[] = [
  workspaceMigration,
  corpusMigration,
  annotationMigration,
  trainingMigration,
  registryMigration,
  monitoringMigration,
  pipelinesMigration,
];
