import type { Migration } from './migration.ts';

export const monitoringMigration: Migration = {
  version: 60,
  name: 'monitoring',
  up(db) {
    db.exec(`
      CREATE TABLE log_import (
        id INTEGER PRIMARY KEY,
        source_name TEXT NOT NULL,
        source_sha256 TEXT NOT NULL UNIQUE,
        state TEXT NOT NULL CHECK (state IN ('running', 'finished', 'cancelled', 'failed', 'interrupted')),
        visible INTEGER NOT NULL DEFAULT 0 CHECK (visible IN (0, 1)),
        line_count INTEGER NOT NULL DEFAULT 0,
        rejected_count INTEGER NOT NULL DEFAULT 0,
        rejections TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(rejections)),
        created_at INTEGER NOT NULL,
        ended_at INTEGER
      ) STRICT;

      -- One line of a prediction log (prediction-log/1). No note text.
      CREATE TABLE prediction (
        id INTEGER PRIMARY KEY,
        log_import_id INTEGER NOT NULL REFERENCES log_import (id) ON DELETE CASCADE,
        log_id TEXT NOT NULL UNIQUE,
        at INTEGER NOT NULL,
        model_version TEXT NOT NULL,
        text_sha256 TEXT NOT NULL,
        features TEXT NOT NULL CHECK (json_valid(features)),
        spans TEXT NOT NULL CHECK (json_valid(spans)),
        expected_gold TEXT NOT NULL CHECK (json_valid(expected_gold)),
        confidence TEXT NOT NULL CHECK (json_valid(confidence)),
        attribute_counts TEXT NOT NULL CHECK (json_valid(attribute_counts)),
        latency_ms REAL NOT NULL
      ) STRICT;
      CREATE INDEX prediction_import ON prediction (log_import_id);
      CREATE INDEX prediction_at ON prediction (at);

      -- Reference or current: a named stretch of observations with aggregates by feature.
      CREATE TABLE prediction_window (
        id INTEGER PRIMARY KEY,
        kind TEXT NOT NULL CHECK (kind IN ('reference', 'current')),
        model_version TEXT NOT NULL,
        model_version_id INTEGER REFERENCES model_version (id) ON DELETE RESTRICT,
        from_at INTEGER,
        to_at INTEGER,
        note_count INTEGER NOT NULL,
        -- F1, calibration and their makings; features stand in window_feature.
        performance TEXT NOT NULL CHECK (json_valid(performance)),
        created_at INTEGER NOT NULL
      ) STRICT;
      CREATE INDEX prediction_window_version ON prediction_window (model_version_id);

      CREATE TABLE window_feature (
        window_id INTEGER NOT NULL REFERENCES prediction_window (id) ON DELETE CASCADE,
        feature TEXT NOT NULL,
        aggregate TEXT NOT NULL CHECK (json_valid(aggregate)),
        PRIMARY KEY (window_id, feature)
      ) STRICT, WITHOUT ROWID;

      CREATE TABLE drift_report (
        id INTEGER PRIMARY KEY,
        reference_window_id INTEGER NOT NULL REFERENCES prediction_window (id) ON DELETE RESTRICT,
        current_window_id INTEGER NOT NULL REFERENCES prediction_window (id) ON DELETE RESTRICT,
        verdict TEXT NOT NULL CHECK (verdict IN ('drift', 'no-drift', 'not-enough-data')),
        report TEXT NOT NULL CHECK (json_valid(report)),
        profile_id INTEGER REFERENCES profile (id) ON DELETE SET NULL,
        created_at INTEGER NOT NULL
      ) STRICT;
      CREATE INDEX drift_report_reference ON drift_report (reference_window_id);
      CREATE INDEX drift_report_current ON drift_report (current_window_id);
      CREATE INDEX drift_report_profile ON drift_report (profile_id);

      -- Production scored against notes that people annotated since.
      CREATE TABLE audit (
        id INTEGER PRIMARY KEY,
        corpus_id INTEGER NOT NULL REFERENCES corpus (id) ON DELETE CASCADE,
        model_version_id INTEGER NOT NULL REFERENCES model_version (id) ON DELETE RESTRICT,
        note_count INTEGER NOT NULL,
        f1 REAL NOT NULL CHECK (f1 BETWEEN 0 AND 1),
        low REAL NOT NULL,
        high REAL NOT NULL,
        relative_drop REAL NOT NULL,
        at INTEGER NOT NULL
      ) STRICT;
      CREATE INDEX audit_corpus ON audit (corpus_id);
      CREATE INDEX audit_version ON audit (model_version_id);

      CREATE TABLE alert (
        id INTEGER PRIMARY KEY,
        report_id INTEGER REFERENCES drift_report (id) ON DELETE CASCADE,
        audit_id INTEGER REFERENCES audit (id) ON DELETE CASCADE,
        kind TEXT NOT NULL CHECK (kind IN ('estimated-drop', 'audited-drop', 'drift')),
        state TEXT NOT NULL CHECK (state IN ('open', 'acknowledged', 'resolved')),
        value REAL NOT NULL,
        threshold REAL NOT NULL,
        message TEXT NOT NULL,
        created_at INTEGER NOT NULL,
        changed_at INTEGER NOT NULL
      ) STRICT;
      CREATE INDEX alert_report ON alert (report_id);
      CREATE INDEX alert_audit ON alert (audit_id);
    `);
  },
};
