import { MedspanError } from '../api/errors.ts';
import type { ReadableDatabase } from '../storage/connection.ts';
import { queries } from './queries.ts';
import { perConnection } from './statements.ts';

const kept = 8;

/** The texts read last: an annotator acts on one note many times, and a revision's text never changes. */
const recent = perConnection(() => new Map<number, string>());

/** The text of a revision. Errors: NOT_FOUND. */
export function revisionText(db: ReadableDatabase, revisionId: number): string {
  const texts = recent(db);
  const known = texts.get(revisionId);
  if (known !== undefined) return known;
  const row = queries(db).text.get(revisionId);
  if (!row)
    throw new MedspanError('NOT_FOUND', `The note's text (revision ${revisionId}) is not there any more.`);
  const oldest = texts.keys().next();
  if (texts.size >= kept && !oldest.done) texts.delete(oldest.value);
  texts.set(revisionId, row.text);
  return row.text;
}

/** Whether an offset lies between the two halves of one UTF-16 pair. */
export function splitsPair(text: string, offset: number): boolean {
  if (offset <= 0 || offset >= text.length) return false;
  const before = text.charCodeAt(offset - 1);
  const after = text.charCodeAt(offset);
  return before >= 0xd800 && before <= 0xdbff && after >= 0xdc00 && after <= 0xdfff;
}

export interface Quoted {
  readonly start: number;
  readonly end: number;
  readonly quote: string;
}

/** Refuses bounds that do not fit the text. Errors: BAD_INPUT for the bounds, CONFLICT for the quote. */
export function checkBounds(text: string, noteId: number, bounds: Quoted): void {
  const { start, end, quote } = bounds;
  if (start >= end || end > text.length) {
    throw new MedspanError(
      'BAD_INPUT',
      `A span from ${start} to ${end} does not fit note ${noteId}, whose text has ${text.length} characters.`,
      { noteId, start, end },
    );
  }
  if (splitsPair(text, start) || splitsPair(text, end)) {
    throw new MedspanError(
      'BAD_INPUT',
      `A span from ${start} to ${end} in note ${noteId} would cut a character in two; move its bounds by one.`,
      { noteId, start, end },
    );
  }
  if (text.slice(start, end) !== quote) throw quoteConflict(noteId, start, end);
}

export function quoteConflict(noteId: number, start: number, end: number): MedspanError {
  return new MedspanError(
    'CONFLICT',
    `In note ${noteId} the span from ${start} to ${end} does not hold the text it should. Nothing was changed; ` +
      'open the note again, and if this stays, restore a backup.',
    { noteId, start, end },
  );
}
