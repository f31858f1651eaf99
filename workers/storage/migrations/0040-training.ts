import type { Migration } from './migration.ts';

export const trainingMigration: Migration = {
  version: 40,
  name: 'training',
  up(db) {
    db.exec(`
      CREATE TABLE template_set (
        id INTEGER PRIMARY KEY,
        name TEXT NOT NULL UNIQUE,
        definition TEXT NOT NULL CHECK (json_valid(definition)),
        created_at INTEGER NOT NULL
      ) STRICT;

      CREATE TABLE artifact (
        id INTEGER PRIMARY KEY,
        sha256 TEXT NOT NULL UNIQUE CHECK (length(sha256) = 64),
        bytes BLOB NOT NULL
      ) STRICT;

      -- Append-only after the end, but for name, notes and tags.
      CREATE TABLE run (
        id INTEGER PRIMARY KEY,
        name TEXT NOT NULL,
        state TEXT NOT NULL
          CHECK (state IN ('queued', 'running', 'finished', 'failed', 'cancelled', 'interrupted')),
        job_id INTEGER REFERENCES job (id) ON DELETE SET NULL,
        parent_run_id INTEGER REFERENCES run (id) ON DELETE RESTRICT,
        split_id INTEGER NOT NULL REFERENCES split (id) ON DELETE RESTRICT,
        snapshot_sha256 TEXT NOT NULL,
        template_set TEXT NOT NULL CHECK (json_valid(template_set)),
        trainer TEXT NOT NULL,
        parameters TEXT NOT NULL CHECK (json_valid(parameters)),
        seed INTEGER NOT NULL,
        engine_version TEXT NOT NULL,
        environment TEXT NOT NULL CHECK (json_valid(environment)),
        -- How many spans the chain could not hold as they are, by reason.
        projection TEXT CHECK (json_valid(projection)),
        model_artifact_id INTEGER REFERENCES artifact (id) ON DELETE RESTRICT,
        -- The iteration whose state stands whole in run_checkpoint.
        checkpoint_iteration INTEGER,
        -- SHA-256 over texts, tokens and spans as they were read.
        data_sha256 TEXT,
        size TEXT CHECK (json_valid(size)),
        iterations INTEGER,
        stop_reason TEXT,
        peak_memory_bytes INTEGER,
        -- The scores and times that the table sorts by; the whole story is in evaluation and timings.
        dev_span_f1 REAL,
        dev_token_f1 REAL,
        test_span_f1 REAL,
        test_token_f1 REAL,
        train_seconds REAL,
        total_seconds REAL,
        evaluation TEXT CHECK (json_valid(evaluation)),
        timings TEXT CHECK (json_valid(timings)),
        error TEXT CHECK (json_valid(error)),
        notes TEXT NOT NULL DEFAULT '',
        tags TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(tags)),
        profile_id INTEGER REFERENCES profile (id) ON DELETE SET NULL,
        created_at INTEGER NOT NULL,
        started_at INTEGER,
        ended_at INTEGER
      ) STRICT;
      CREATE INDEX run_split ON run (split_id);
      CREATE INDEX run_job ON run (job_id);
      CREATE INDEX run_parent ON run (parent_run_id);
      CREATE INDEX run_artifact ON run (model_artifact_id);
      CREATE INDEX run_profile ON run (profile_id);
      CREATE TRIGGER run_frozen BEFORE UPDATE OF state, parent_run_id, split_id, snapshot_sha256, template_set,
        trainer, parameters, seed, engine_version, environment, projection, model_artifact_id, data_sha256, size,
        iterations, stop_reason, evaluation, timings, error, created_at, started_at, ended_at ON run
        WHEN OLD.state IN ('finished', 'failed')
        BEGIN SELECT RAISE (ABORT, 'a run that has ended is not edited'); END;

      -- The trainer's state at some iteration, in pieces so that writing it never holds up an annotator; gone once
      -- the run has finished.
      CREATE TABLE run_checkpoint (
        run_id INTEGER NOT NULL REFERENCES run (id) ON DELETE CASCADE,
        iteration INTEGER NOT NULL,
        position INTEGER NOT NULL,
        bytes BLOB NOT NULL,
        PRIMARY KEY (run_id, iteration, position)
      ) STRICT;

      CREATE TABLE run_metric (
        run_id INTEGER NOT NULL REFERENCES run (id) ON DELETE CASCADE,
        name TEXT NOT NULL,
        step INTEGER NOT NULL,
        value REAL NOT NULL,
        at INTEGER NOT NULL,
        PRIMARY KEY (run_id, name, step)
      ) STRICT, WITHOUT ROWID;

      -- Gold and predicted spans of each scored note, so that every figure opens what is behind it.
      CREATE TABLE run_prediction (
        run_id INTEGER NOT NULL REFERENCES run (id) ON DELETE CASCADE,
        note_id INTEGER NOT NULL REFERENCES note (id) ON DELETE RESTRICT,
        part TEXT NOT NULL CHECK (part IN ('train', 'dev', 'test')),
        gold TEXT NOT NULL CHECK (json_valid(gold)),
        predicted TEXT NOT NULL CHECK (json_valid(predicted)),
        error_count INTEGER NOT NULL,
        PRIMARY KEY (run_id, note_id)
      ) STRICT, WITHOUT ROWID;
      CREATE INDEX run_prediction_note ON run_prediction (note_id);

      -- One disagreement of gold and prediction, with the sentence it stands in. Offsets are UTF-16 in the note.
      CREATE TABLE run_error (
        run_id INTEGER NOT NULL,
        note_id INTEGER NOT NULL,
        position INTEGER NOT NULL,
        part TEXT NOT NULL CHECK (part IN ('dev', 'test')),
        kind TEXT NOT NULL CHECK (kind IN ('missed', 'spurious', 'boundary', 'label')),
        sentence_start INTEGER NOT NULL,
        sentence_end INTEGER NOT NULL,
        gold_label TEXT,
        gold_start INTEGER,
        gold_end INTEGER,
        predicted_label TEXT,
        predicted_start INTEGER,
        predicted_end INTEGER,
        PRIMARY KEY (run_id, note_id, position),
        FOREIGN KEY (run_id, note_id) REFERENCES run_prediction (run_id, note_id) ON DELETE CASCADE
      ) STRICT, WITHOUT ROWID;
      CREATE INDEX run_error_kind ON run_error (run_id, part, kind);
    `);
  },
};
