import { createHash } from 'node:crypto';
import { MedspanError } from '../api/errors.ts';
import type { ImportedNote, SpanSink } from '../corpus/annotation-ports.ts';
import type { EngineContext } from '../engine/context.ts';
import type { AnnotationService } from './service.ts';
import { createAnnotationService } from './service.ts';

export interface PlannedNote {
  readonly externalId: string;
  readonly text: string;
  /** Absent for a note that came without annotation. */
  readonly spans?: ImportedNote['spans'];
  readonly links?: ImportedNote['links'];
}

export interface StoredNote {
  readonly noteId: number;
  readonly revisionId: number;
  readonly text: string;
}

/** Writes a corpus and an import straight into the tables, as the corpus area would, for tests of this area. */
export function storeNotes(
  context: EngineContext,
  sink: SpanSink | null,
  notes: readonly PlannedNote[],
  corpusName = 'Test corpus',
): { readonly corpusId: number; readonly importId: number; readonly notes: readonly StoredNote[] } {
  const { db } = context;
  const now = context.now();
  return db
    .transaction(() => {
      const known = db
        .prepare<[string], { id: number }>('SELECT id FROM corpus WHERE name = ?')
        .get(corpusName);
      const corpusId =
        known?.id ??
        Number(
          db.prepare('INSERT INTO corpus (name, created_at) VALUES (?, ?)').run(corpusName, now)
            .lastInsertRowid,
        );
      const importId = Number(
        db
          .prepare(
            `INSERT INTO import (corpus_id, source_name, format, options, state, visible, profile_id, created_at)
             VALUES (?, 'planned.jsonl', 'jsonl', '{}', 'finished', 1, ?, ?)`,
          )
          .run(corpusId, context.profile().id, now).lastInsertRowid,
      );
      const stored = notes.map((note): StoredNote => {
        const noteId = Number(
          db
            .prepare('INSERT INTO note (corpus_id, import_id, external_id, created_at) VALUES (?, ?, ?, ?)')
            .run(corpusId, importId, note.externalId, now).lastInsertRowid,
        );
        const sha256 = createHash('sha256').update(note.text).digest('hex');
        const revisionId = Number(
          db
            .prepare(
              `INSERT INTO note_revision (note_id, number, text, sha256, length, created_at)
               VALUES (?, 1, ?, ?, ?, ?)`,
            )
            .run(noteId, note.text, sha256, note.text.length, now).lastInsertRowid,
        );
        if (note.spans && sink) {
          sink.write(importId, [
            { noteId, revisionId, text: note.text, spans: note.spans, links: note.links ?? [] },
          ]);
        }
        return { noteId, revisionId, text: note.text };
      });
      return { corpusId, importId, notes: stored };
    })
    .immediate();
}

/** The service on a workspace, with its import sink in hand. */
export function annotationOn(context: EngineContext): {
  readonly service: AnnotationService;
  readonly sink: SpanSink;
} {
  let registered: SpanSink | undefined;
  const service = createAnnotationService(context, {
    registerSpanSink: (sink) => (registered = sink),
    registerGoldSource: () => undefined,
  });
  if (!registered) throw new MedspanError('INTERNAL', 'No span sink was registered.');
  return { service, sink: registered };
}
