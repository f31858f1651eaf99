import type { Migration } from './migration.ts';

export const pipelinesMigration: Migration = {
  version: 70,
  name: 'pipelines',
  up(db) {
    db.exec(`
      CREATE TABLE pipeline (
        id INTEGER PRIMARY KEY,
        name TEXT NOT NULL,
        version INTEGER NOT NULL CHECK (version > 0),
        definition TEXT NOT NULL CHECK (json_valid(definition)),
        created_at INTEGER NOT NULL,
        UNIQUE (name, version)
      ) STRICT;

      CREATE TABLE pipeline_run (
        id INTEGER PRIMARY KEY,
        pipeline_id INTEGER NOT NULL REFERENCES pipeline (id) ON DELETE RESTRICT,
        state TEXT NOT NULL
          CHECK (state IN ('queued', 'running', 'success', 'failed', 'cancelled', 'interrupted')),
        trigger TEXT NOT NULL CHECK (trigger IN ('person', 'alert', 'annotations', 'snapshot')),
        trigger_detail TEXT NOT NULL CHECK (json_valid(trigger_detail)),
        parameters TEXT NOT NULL CHECK (json_valid(parameters)),
        profile_id INTEGER REFERENCES profile (id) ON DELETE SET NULL,
        created_at INTEGER NOT NULL,
        started_at INTEGER,
        ended_at INTEGER
      ) STRICT;
      CREATE INDEX pipeline_run_pipeline ON pipeline_run (pipeline_id);
      CREATE INDEX pipeline_run_profile ON pipeline_run (profile_id);

      -- One try of one task. The effect of a workspace task and its state are written in one transaction.
      CREATE TABLE task_try (
        id INTEGER PRIMARY KEY,
        pipeline_run_id INTEGER NOT NULL REFERENCES pipeline_run (id) ON DELETE CASCADE,
        task TEXT NOT NULL,
        number INTEGER NOT NULL CHECK (number > 0),
        state TEXT NOT NULL CHECK (state IN
          ('none', 'scheduled', 'running', 'success', 'failed', 'skipped', 'upstream_failed', 'up_for_retry', 'cancelled', 'interrupted')),
        log TEXT NOT NULL DEFAULT '',
        output TEXT CHECK (json_valid(output)),
        error TEXT CHECK (json_valid(error)),
        started_at INTEGER,
        ended_at INTEGER,
        UNIQUE (pipeline_run_id, task, number)
      ) STRICT;
    `);
  },
};
