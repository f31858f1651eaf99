import type { Migration } from './migration.ts';

export const registryMigration: Migration = {
  version: 50,
  name: 'registry',
  up(db) {
    db.exec(`
      CREATE TABLE model (
        id INTEGER PRIMARY KEY,
        name TEXT NOT NULL UNIQUE,
        created_at INTEGER NOT NULL
      ) STRICT;

      CREATE TABLE model_version (
        id INTEGER PRIMARY KEY,
        model_id INTEGER NOT NULL REFERENCES model (id) ON DELETE RESTRICT,
        number INTEGER NOT NULL CHECK (number > 0),
        run_id INTEGER NOT NULL REFERENCES run (id) ON DELETE RESTRICT,
        artifact_id INTEGER NOT NULL REFERENCES artifact (id) ON DELETE RESTRICT,
        description TEXT NOT NULL DEFAULT '',
        profile_id INTEGER REFERENCES profile (id) ON DELETE SET NULL,
        created_at INTEGER NOT NULL,
        UNIQUE (model_id, number)
      ) STRICT;
      CREATE INDEX model_version_run ON model_version (run_id);
      CREATE INDEX model_version_artifact ON model_version (artifact_id);
      CREATE INDEX model_version_profile ON model_version (profile_id);

      CREATE TABLE gate (
        id INTEGER PRIMARY KEY,
        name TEXT NOT NULL UNIQUE,
        stage TEXT NOT NULL CHECK (stage IN ('Staging', 'Production')),
        kind TEXT NOT NULL,
        settings TEXT NOT NULL CHECK (json_valid(settings)),
        enabled INTEGER NOT NULL DEFAULT 1 CHECK (enabled IN (0, 1)),
        position INTEGER NOT NULL
      ) STRICT;

      -- What a model must do on small made-up texts; the behaviour gate runs the enabled ones.
      CREATE TABLE behaviour_example (
        id INTEGER PRIMARY KEY,
        name TEXT NOT NULL UNIQUE,
        capability TEXT NOT NULL,
        kind TEXT NOT NULL CHECK (kind IN ('minimum', 'invariance', 'direction')),
        definition TEXT NOT NULL CHECK (json_valid(definition)),
        enabled INTEGER NOT NULL DEFAULT 1 CHECK (enabled IN (0, 1))
      ) STRICT;

      -- Append-only; the newest row of a version and gate counts.
      CREATE TABLE gate_result (
        id INTEGER PRIMARY KEY,
        model_version_id INTEGER NOT NULL REFERENCES model_version (id) ON DELETE RESTRICT,
        gate_id INTEGER NOT NULL REFERENCES gate (id) ON DELETE RESTRICT,
        settings TEXT NOT NULL CHECK (json_valid(settings)),
        state TEXT NOT NULL CHECK (state IN ('passed', 'failed', 'error', 'waived')),
        summary TEXT NOT NULL,
        detail TEXT NOT NULL CHECK (json_valid(detail)),
        waiver_reason TEXT,
        profile_id INTEGER REFERENCES profile (id) ON DELETE SET NULL,
        at INTEGER NOT NULL
      ) STRICT;
      CREATE INDEX gate_result_version ON gate_result (model_version_id, gate_id, id);
      CREATE INDEX gate_result_gate ON gate_result (gate_id);
      CREATE INDEX gate_result_profile ON gate_result (profile_id);

      -- The ledger: append-only, each entry hashed with the one before. The stage of a version is derived from it.
      CREATE TABLE stage_event (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        model_version_id INTEGER NOT NULL REFERENCES model_version (id) ON DELETE RESTRICT,
        action TEXT NOT NULL CHECK (action IN ('registered', 'promoted', 'archived', 'rolled-back')),
        from_stage TEXT NOT NULL CHECK (from_stage IN ('None', 'Staging', 'Production', 'Archived')),
        to_stage TEXT NOT NULL CHECK (to_stage IN ('None', 'Staging', 'Production', 'Archived')),
        -- Which model it was, so that the chain also proves the bytes.
        model_sha256 TEXT NOT NULL,
        reason TEXT NOT NULL,
        actor TEXT NOT NULL,
        system_user TEXT NOT NULL,
        at INTEGER NOT NULL,
        previous_hash TEXT NOT NULL,
        hash TEXT NOT NULL UNIQUE
      ) STRICT;
      CREATE INDEX stage_event_version ON stage_event (model_version_id, id);
      CREATE TRIGGER stage_event_no_update BEFORE UPDATE ON stage_event
        BEGIN SELECT RAISE (ABORT, 'the ledger is append-only'); END;
      CREATE TRIGGER stage_event_no_delete BEFORE DELETE ON stage_event
        BEGIN SELECT RAISE (ABORT, 'the ledger is append-only'); END;

      CREATE TABLE bundle_export (
        id INTEGER PRIMARY KEY,
        model_version_id INTEGER NOT NULL REFERENCES model_version (id) ON DELETE RESTRICT,
        path TEXT NOT NULL,
        packed INTEGER NOT NULL CHECK (packed IN (0, 1)),
        manifest_sha256 TEXT NOT NULL,
        bytes INTEGER NOT NULL,
        at INTEGER NOT NULL
      ) STRICT;
      CREATE INDEX bundle_export_version ON bundle_export (model_version_id);
    `);
  },
};
