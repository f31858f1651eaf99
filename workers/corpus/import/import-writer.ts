import { createHash } from 'node:crypto';
import type { Rejection } from '../../api/corpus.ts';
import { MedspanError } from '../../api/errors.ts';
import type { WritableDatabase } from '../../storage/connection.ts';
import type { ImportedNote, SpanSink } from '../annotation-ports.ts';
import {
  advanceImport,
  findFile,
  importCounts,
  insertFile,
  insertNote,
  insertRejection,
  insertRevision,
} from '../import-queries.ts';
import type { LabelChoices } from './label-choices.ts';
import { applyChoices } from './label-choices.ts';
import { listedRejections } from './limits.ts';
import type { ReadItem, ReadNote } from './read-item.ts';
import type { WriterTurns } from './writer-turn.ts';
import { giveWay } from './writer-turn.ts';

/** How far an import is: this many items of this source are committed, and all sources before it. */
export interface ImportPosition {
  readonly source: number;
  readonly item: number;
  readonly fraction: number;
}

export interface WriterNeeds {
  readonly db: WritableDatabase;
  readonly sink: SpanSink;
  readonly turns: WriterTurns;
  readonly now: () => number;
  readonly importId: number;
  readonly corpusId: number;
  readonly labels: LabelChoices;
  readonly duplicates: 'skip' | 'reject';
}

export interface ImportWriter {
  /** Takes an item in; writes when enough of them wait. */
  add(item: ReadItem, position: ImportPosition): Promise<void>;
  /** Writes what waits. */
  flush(): Promise<void>;
}

interface Waiting {
  readonly item: ReadItem;
  readonly position: ImportPosition;
}

const waitingCharacters = 256 * 1024;
const waitingItems = 2000;

/** Commits items in turns of some milliseconds, each with the position up to which it came. */
export function createImportWriter(needs: WriterNeeds): ImportWriter {
  const { db, importId } = needs;
  let queue: Waiting[] = [];
  let characters = 0;
  let rejections = importCounts(db, importId).rejected;

  function reject(rejection: Rejection): void {
    if (rejections++ < listedRejections) insertRejection(db, importId, rejection);
  }

  function writeFile(item: Extract<ReadItem, { kind: 'file' }>): void {
    const stored = findFile(db, importId, item.file.name);
    if (stored === undefined) insertFile(db, importId, item.file);
    else if (stored.sha256 !== item.file.sha256) throw changed(item.file.name);
  }

  function writeNote(
    note: ReadNote,
    counts: { notes: number; spans: number; rejected: number; skipped: number },
  ): void {
    const chosen = applyChoices(note, needs.labels);
    if (typeof chosen === 'string') {
      counts.rejected++;
      reject({ file: note.file, line: note.line, reason: chosen });
      return;
    }
    const at = needs.now();
    const noteId = insertNote(db, {
      corpusId: needs.corpusId,
      importId,
      fileId: findFile(db, importId, note.file)?.id ?? null,
      line: note.line,
      externalId: note.externalId,
      patientId: note.patientId ?? null,
      noteType: note.noteType ?? null,
      author: note.author ?? null,
      site: note.site ?? null,
      writtenAt: note.writtenAt ?? null,
      part: note.part,
      metadata: JSON.stringify(note.metadata ?? {}),
      at,
    });
    if (noteId === null) {
      if (needs.duplicates === 'skip') counts.skipped++;
      else {
        counts.rejected++;
        reject({ file: note.file, line: note.line, reason: 'The corpus holds a note of this id already.' });
      }
      return;
    }
    const sha256 = createHash('sha256').update(note.text).digest('hex');
    const tokens = note.tokenOffsets === null ? null : littleEndian(note.tokenOffsets);
    const revisionId = insertRevision(db, noteId, note.text, sha256, tokens, at);
    counts.notes++;
    if (!note.annotated) return;
    const imported: ImportedNote = {
      noteId,
      revisionId,
      text: note.text,
      spans: chosen.spans,
      links: chosen.links,
    };
    const result = needs.sink.write(importId, [imported]);
    counts.spans += result.spans;
    if (result.illegalLinks > 0) {
      reject({
        file: note.file,
        line: note.line,
        reason: `${String(result.illegalLinks)} links were left out: no link type joins labels like theirs. The note is in.`,
      });
    }
  }

  async function flush(): Promise<void> {
    let index = 0;
    while (index < queue.length) {
      const counts = { notes: 0, spans: 0, rejected: 0, skipped: 0 };
      needs.turns.take(
        () => {
          const { item } = queue[index++] as Waiting;
          if (item.kind === 'note') writeNote(item, counts);
          else if (item.kind === 'file') writeFile(item);
          else if (item.kind === 'rejected') {
            counts.rejected++;
            reject({ file: item.file, line: item.line, reason: item.reason });
          }
          return index < queue.length;
        },
        () => advanceImport(db, importId, counts, JSON.stringify((queue[index - 1] as Waiting).position)),
      );
      await giveWay();
    }
    queue = [];
    characters = 0;
  }

  return {
    async add(item, position) {
      queue.push({ item, position });
      if (item.kind === 'note') characters += item.text.length;
      if (characters >= waitingCharacters || queue.length >= waitingItems) await flush();
    },
    flush,
  };
}

/** The bytes as stored: u32 pairs, little-endian, whatever this machine is. */
function littleEndian(offsets: Uint32Array): Buffer {
  const bytes = Buffer.allocUnsafe(offsets.length * 4);
  for (const [index, offset] of offsets.entries()) bytes.writeUInt32LE(offset, index * 4);
  return bytes;
}

function changed(name: string): MedspanError {
  return new MedspanError(
    'BAD_FILE',
    `${name} has changed since the import was interrupted. Discard the import and start it anew.`,
    { file: name },
  );
}
