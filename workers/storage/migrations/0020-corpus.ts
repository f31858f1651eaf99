import type { Migration } from './migration.ts';

export const corpusMigration: Migration = {
  version: 20,
  name: 'corpus',
  up(db) {
    db.exec(`
      CREATE TABLE corpus (
        id INTEGER PRIMARY KEY,
        name TEXT NOT NULL UNIQUE,
        created_at INTEGER NOT NULL
      ) STRICT;

      -- Everything that came in together. Its notes are seen only once "visible" is set, in one write.
      CREATE TABLE import (
        id INTEGER PRIMARY KEY,
        corpus_id INTEGER NOT NULL REFERENCES corpus (id) ON DELETE CASCADE,
        source_name TEXT NOT NULL,
        source_sha256 TEXT,
        format TEXT NOT NULL,
        options TEXT NOT NULL CHECK (json_valid(options)),
        state TEXT NOT NULL CHECK (state IN ('running', 'finished', 'cancelled', 'failed', 'interrupted')),
        visible INTEGER NOT NULL DEFAULT 0 CHECK (visible IN (0, 1)),
        -- How far it got, so that it can go on after a crash.
        position TEXT CHECK (json_valid(position)),
        note_count INTEGER NOT NULL DEFAULT 0,
        span_count INTEGER NOT NULL DEFAULT 0,
        rejected_count INTEGER NOT NULL DEFAULT 0,
        -- Lines left out because the corpus held their id already.
        skipped_count INTEGER NOT NULL DEFAULT 0,
        profile_id INTEGER REFERENCES profile (id) ON DELETE SET NULL,
        created_at INTEGER NOT NULL,
        ended_at INTEGER
      ) STRICT;
      CREATE INDEX import_corpus ON import (corpus_id);
      CREATE INDEX import_profile ON import (profile_id);

      -- The files as they were read, so that every note can name its source.
      CREATE TABLE import_file (
        id INTEGER PRIMARY KEY,
        import_id INTEGER NOT NULL REFERENCES import (id) ON DELETE CASCADE,
        name TEXT NOT NULL,
        bytes INTEGER NOT NULL,
        -- SHA-256 of the bytes, hex.
        sha256 TEXT NOT NULL CHECK (length(sha256) = 64),
        encoding TEXT NOT NULL
          CHECK (encoding IN ('utf-8', 'utf-8-bom', 'utf-16le', 'utf-16be', 'windows-1252')),
        UNIQUE (import_id, name)
      ) STRICT;

      CREATE TABLE import_rejection (
        id INTEGER PRIMARY KEY,
        import_id INTEGER NOT NULL REFERENCES import (id) ON DELETE CASCADE,
        file TEXT NOT NULL,
        line INTEGER,
        reason TEXT NOT NULL
      ) STRICT;
      CREATE INDEX import_rejection_import ON import_rejection (import_id);

      CREATE TABLE note (
        id INTEGER PRIMARY KEY,
        corpus_id INTEGER NOT NULL REFERENCES corpus (id) ON DELETE CASCADE,
        import_id INTEGER NOT NULL REFERENCES import (id) ON DELETE CASCADE,
        import_file_id INTEGER REFERENCES import_file (id) ON DELETE SET NULL,
        source_line INTEGER,
        external_id TEXT NOT NULL,
        patient_id TEXT,
        note_type TEXT,
        author TEXT,
        site TEXT,
        written_at INTEGER,
        -- Part that the source itself assigned ('train', 'dev', 'test'), if it did.
        source_part TEXT CHECK (source_part IN ('train', 'dev', 'test')),
        metadata TEXT NOT NULL DEFAULT '{}' CHECK (json_valid(metadata)),
        status TEXT NOT NULL DEFAULT 'new' CHECK (status IN ('new', 'started', 'done', 'flagged')),
        created_at INTEGER NOT NULL,
        UNIQUE (corpus_id, external_id)
      ) STRICT;
      CREATE INDEX note_import ON note (import_id);
      CREATE INDEX note_import_file ON note (import_file_id);
      CREATE INDEX note_patient ON note (corpus_id, patient_id);
      CREATE INDEX note_status ON note (corpus_id, status);
      CREATE INDEX note_type ON note (corpus_id, note_type);

      -- Text is immutable in a revision; the newest number is the note's text.
      CREATE TABLE note_revision (
        id INTEGER PRIMARY KEY,
        note_id INTEGER NOT NULL REFERENCES note (id) ON DELETE CASCADE,
        number INTEGER NOT NULL CHECK (number > 0),
        text TEXT NOT NULL,
        -- SHA-256 of the UTF-8 text, hex.
        sha256 TEXT NOT NULL CHECK (length(sha256) = 64),
        -- UTF-16 length.
        length INTEGER NOT NULL CHECK (length >= 0),
        -- The source's own tokens as little-endian u32 pairs (start, end), where it brought any.
        token_offsets BLOB,
        created_at INTEGER NOT NULL,
        UNIQUE (note_id, number)
      ) STRICT;
      CREATE INDEX note_revision_sha256 ON note_revision (sha256);

      -- A dataset version: immutable, content-hashed.
      CREATE TABLE snapshot (
        id INTEGER PRIMARY KEY,
        corpus_id INTEGER NOT NULL REFERENCES corpus (id) ON DELETE RESTRICT,
        name TEXT NOT NULL,
        content_sha256 TEXT NOT NULL CHECK (length(content_sha256) = 64),
        -- Members are written in chunks; the snapshot exists for others once this is set.
        ready INTEGER NOT NULL DEFAULT 0 CHECK (ready IN (0, 1)),
        -- The last span_event that it has seen.
        event_position INTEGER NOT NULL,
        note_count INTEGER NOT NULL,
        -- Notes that somebody annotated, be it with no span at all.
        annotated_count INTEGER NOT NULL,
        span_count INTEGER NOT NULL,
        link_count INTEGER NOT NULL,
        label_counts TEXT NOT NULL CHECK (json_valid(label_counts)),
        profile_id INTEGER REFERENCES profile (id) ON DELETE SET NULL,
        created_at INTEGER NOT NULL,
        UNIQUE (corpus_id, name)
      ) STRICT;
      CREATE INDEX snapshot_profile ON snapshot (profile_id);

      CREATE TABLE snapshot_member (
        snapshot_id INTEGER NOT NULL REFERENCES snapshot (id) ON DELETE CASCADE,
        note_id INTEGER NOT NULL REFERENCES note (id) ON DELETE RESTRICT,
        note_revision_id INTEGER NOT NULL REFERENCES note_revision (id) ON DELETE RESTRICT,
        -- The layer whose spans count as gold for this note, and NULL where nobody annotated it.
        layer_id INTEGER,
        event_position INTEGER NOT NULL,
        PRIMARY KEY (snapshot_id, note_id)
      ) STRICT, WITHOUT ROWID;
      CREATE INDEX snapshot_member_note ON snapshot_member (note_id);
      CREATE INDEX snapshot_member_revision ON snapshot_member (note_revision_id);

      CREATE TABLE split (
        id INTEGER PRIMARY KEY,
        snapshot_id INTEGER NOT NULL REFERENCES snapshot (id) ON DELETE RESTRICT,
        name TEXT NOT NULL,
        -- 'random' by seed, or 'source' where the source assigned the parts.
        method TEXT NOT NULL CHECK (method IN ('random', 'source')),
        seed INTEGER NOT NULL,
        shares TEXT NOT NULL CHECK (json_valid(shares)),
        counts TEXT NOT NULL CHECK (json_valid(counts)),
        -- Texts that stand in more than one part (only where the source's own parts are used).
        leaked_count INTEGER NOT NULL DEFAULT 0,
        created_at INTEGER NOT NULL,
        UNIQUE (snapshot_id, name)
      ) STRICT;

      CREATE TABLE split_member (
        split_id INTEGER NOT NULL REFERENCES split (id) ON DELETE CASCADE,
        note_id INTEGER NOT NULL REFERENCES note (id) ON DELETE RESTRICT,
        part TEXT NOT NULL CHECK (part IN ('train', 'dev', 'test')),
        -- 1 where the same text stands in an earlier part too.
        leaked INTEGER NOT NULL DEFAULT 0 CHECK (leaked IN (0, 1)),
        PRIMARY KEY (split_id, note_id)
      ) STRICT, WITHOUT ROWID;
      CREATE INDEX split_member_note ON split_member (note_id);
    `);
  },
};
