import type { Migration } from './migration.ts';

export const annotationMigration: Migration = {
  version: 30,
  name: 'annotation',
  up(db) {
    db.exec(`
      CREATE TABLE label (
        id INTEGER PRIMARY KEY,
        name TEXT NOT NULL UNIQUE,
        -- What it means for the treatment map.
        role TEXT NOT NULL CHECK (role IN ('disease', 'treatment', 'other')),
        key TEXT NOT NULL UNIQUE,
        colour TEXT NOT NULL,
        pattern TEXT NOT NULL CHECK (pattern IN ('solid', 'dashed', 'dotted', 'double', 'wavy')),
        definition TEXT NOT NULL DEFAULT '',
        position INTEGER NOT NULL
      ) STRICT;

      CREATE TABLE link_type (
        id INTEGER PRIMARY KEY,
        name TEXT NOT NULL UNIQUE,
        from_label_id INTEGER NOT NULL REFERENCES label (id) ON DELETE RESTRICT,
        to_label_id INTEGER NOT NULL REFERENCES label (id) ON DELETE RESTRICT
      ) STRICT;
      CREATE INDEX link_type_from ON link_type (from_label_id);
      CREATE INDEX link_type_to ON link_type (to_label_id);

      INSERT INTO label (id, name, role, key, colour, pattern, definition, position) VALUES
        (1, 'Disease', 'disease', 'd', '#D55E00', 'solid',
         'A disease, disorder, syndrome, injury or sign that the note states of someone.', 1),
        (2, 'Treatment', 'treatment', 't', '#0072B2', 'dashed',
         'A drug, procedure, device or therapy that is given, planned or withheld.', 2);
      INSERT INTO link_type (id, name, from_label_id, to_label_id) VALUES (1, 'treats', 2, 1);

      -- Who says it: one layer an annotator, adjudicator, model version or import.
      CREATE TABLE layer (
        id INTEGER PRIMARY KEY,
        corpus_id INTEGER NOT NULL REFERENCES corpus (id) ON DELETE CASCADE,
        kind TEXT NOT NULL CHECK (kind IN ('import', 'annotator', 'adjudicator', 'model')),
        name TEXT NOT NULL,
        profile_id INTEGER REFERENCES profile (id) ON DELETE RESTRICT,
        import_id INTEGER REFERENCES import (id) ON DELETE CASCADE,
        model_version_id INTEGER,
        created_at INTEGER NOT NULL,
        UNIQUE (corpus_id, kind, name)
      ) STRICT;
      CREATE INDEX layer_profile ON layer (profile_id);
      CREATE INDEX layer_import ON layer (import_id);

      -- A layer has a say on a note once it stands here. Gold of a note is the adjudicator's layer, else the
      -- annotator's that was touched last, else the import's. An annotator's first edit of a note copies the
      -- import's spans into the annotator's layer, in the same batch.
      CREATE TABLE note_layer (
        note_id INTEGER NOT NULL REFERENCES note (id) ON DELETE CASCADE,
        layer_id INTEGER NOT NULL REFERENCES layer (id) ON DELETE CASCADE,
        touched_at INTEGER NOT NULL,
        PRIMARY KEY (note_id, layer_id)
      ) STRICT, WITHOUT ROWID;
      CREATE INDEX note_layer_layer ON note_layer (layer_id);

      CREATE TABLE span (
        id INTEGER PRIMARY KEY,
        -- Made by the client, so that a span can be painted before the engine has answered. A copy of a span in
        -- another layer keeps it.
        uid TEXT NOT NULL,
        layer_id INTEGER NOT NULL REFERENCES layer (id) ON DELETE CASCADE,
        note_id INTEGER NOT NULL REFERENCES note (id) ON DELETE CASCADE,
        note_revision_id INTEGER NOT NULL REFERENCES note_revision (id) ON DELETE RESTRICT,
        label_id INTEGER NOT NULL REFERENCES label (id) ON DELETE RESTRICT,
        -- UTF-16, end exclusive; for a discontinuous span the outer bounds.
        start INTEGER NOT NULL CHECK (start >= 0),
        "end" INTEGER NOT NULL,
        -- The text between the bounds, kept to prove on every load that the offsets still fit.
        quote TEXT NOT NULL,
        status TEXT NOT NULL DEFAULT 'accepted' CHECK (status IN ('accepted', 'suggested', 'rejected')),
        -- Whose idea it was; what a person changes becomes a person's.
        origin TEXT NOT NULL CHECK (origin IN ('person', 'import', 'model')),
        score REAL CHECK (score BETWEEN 0 AND 1),
        concept_id TEXT,
        created_at INTEGER NOT NULL,
        CHECK (start < "end"),
        UNIQUE (layer_id, uid)
      ) STRICT;
      CREATE INDEX span_note ON span (note_id, layer_id);
      CREATE INDEX span_label ON span (label_id);
      CREATE INDEX span_revision ON span (note_revision_id);

      CREATE TABLE span_fragment (
        span_id INTEGER NOT NULL REFERENCES span (id) ON DELETE CASCADE,
        position INTEGER NOT NULL,
        start INTEGER NOT NULL,
        "end" INTEGER NOT NULL,
        PRIMARY KEY (span_id, position),
        CHECK (start < "end")
      ) STRICT, WITHOUT ROWID;

      CREATE TABLE span_attribute (
        span_id INTEGER NOT NULL REFERENCES span (id) ON DELETE CASCADE,
        name TEXT NOT NULL,
        value TEXT NOT NULL,
        PRIMARY KEY (span_id, name)
      ) STRICT, WITHOUT ROWID;

      CREATE TABLE link (
        id INTEGER PRIMARY KEY,
        uid TEXT NOT NULL,
        layer_id INTEGER NOT NULL REFERENCES layer (id) ON DELETE CASCADE,
        note_id INTEGER NOT NULL REFERENCES note (id) ON DELETE CASCADE,
        link_type_id INTEGER NOT NULL REFERENCES link_type (id) ON DELETE RESTRICT,
        from_span_id INTEGER NOT NULL REFERENCES span (id) ON DELETE CASCADE,
        to_span_id INTEGER NOT NULL REFERENCES span (id) ON DELETE CASCADE,
        created_at INTEGER NOT NULL,
        UNIQUE (link_type_id, from_span_id, to_span_id),
        UNIQUE (layer_id, uid)
      ) STRICT;
      CREATE INDEX link_note ON link (note_id, layer_id);
      CREATE INDEX link_from ON link (from_span_id);
      CREATE INDEX link_to ON link (to_span_id);

      -- One act of a person: a key, a bulk act, an import. Undo flips the newest batch of a profile that stands.
      CREATE TABLE event_batch (
        id INTEGER PRIMARY KEY,
        -- Made by the client: a call that is sent twice acts once.
        uid TEXT UNIQUE,
        profile_id INTEGER REFERENCES profile (id) ON DELETE RESTRICT,
        title TEXT NOT NULL,
        at INTEGER NOT NULL,
        -- The batch that this one takes back or puts again, if that is what it is.
        undoes_batch_id INTEGER REFERENCES event_batch (id) ON DELETE RESTRICT,
        undone INTEGER NOT NULL DEFAULT 0 CHECK (undone IN (0, 1))
      ) STRICT;
      CREATE INDEX event_batch_profile ON event_batch (profile_id);
      CREATE INDEX event_batch_standing ON event_batch (profile_id, id) WHERE undone = 0;
      CREATE INDEX event_batch_undoes ON event_batch (undoes_batch_id);

      -- Append-only. The inverses, newest first, lead from the present back to any earlier position.
      CREATE TABLE span_event (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        batch_id INTEGER NOT NULL REFERENCES event_batch (id) ON DELETE RESTRICT,
        note_id INTEGER NOT NULL REFERENCES note (id) ON DELETE CASCADE,
        -- NULL where the act concerns the note itself and no layer, such as a flag.
        layer_id INTEGER REFERENCES layer (id) ON DELETE CASCADE,
        forward TEXT NOT NULL CHECK (json_valid(forward)),
        inverse TEXT NOT NULL CHECK (json_valid(inverse))
      ) STRICT;
      CREATE INDEX span_event_batch ON span_event (batch_id);
      CREATE INDEX span_event_note ON span_event (note_id, id);
      CREATE INDEX span_event_layer ON span_event (layer_id);
    `);
  },
};
