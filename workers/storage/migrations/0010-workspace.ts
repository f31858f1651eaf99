import type { Migration } from './migration.ts';

export const workspaceMigration: Migration = {
  version: 10,
  name: 'workspace',
  up(db) {
    db.exec(`
      CREATE TABLE setting (
        key TEXT PRIMARY KEY,
        value TEXT NOT NULL CHECK (json_valid(value))
      ) STRICT;

      CREATE TABLE profile (
        id INTEGER PRIMARY KEY,
        name TEXT NOT NULL UNIQUE,
        created_at INTEGER NOT NULL
      ) STRICT;

      CREATE TABLE job (
        id INTEGER PRIMARY KEY,
        kind TEXT NOT NULL,
        title TEXT NOT NULL,
        state TEXT NOT NULL
          CHECK (state IN ('queued', 'running', 'finished', 'failed', 'cancelled', 'interrupted')),
        progress REAL CHECK (progress BETWEEN 0 AND 1),
        profile_id INTEGER REFERENCES profile (id) ON DELETE SET NULL,
        created_at INTEGER NOT NULL,
        started_at INTEGER,
        ended_at INTEGER,
        error TEXT CHECK (json_valid(error)),
        result TEXT CHECK (json_valid(result))
      ) STRICT;
      CREATE INDEX job_state ON job (state);
      CREATE INDEX job_profile ON job (profile_id);
    `);
  },
};
