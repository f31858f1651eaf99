import { z } from 'zod';
import type { OffsetUnit } from '../../api/corpus.ts';
import type { ImportedLink, ImportedSpan } from '../annotation-ports.ts';
import { codePointIndex } from './code-points.ts';
import { deeperThan } from './json-depth.ts';
import type { ReadNote } from './read-item.ts';
import { textProblem } from './read-item.ts';

const offset = z.number().int().min(0);
const shortText = z
  .string()
  .max(500)
  .refine((text) => textProblem(text) === null);
const idText = z.union([shortText.min(1), z.number().int()]).transform(String);
const labelText = shortText.trim().min(1).max(80);
const range = z.object({ start: offset, end: offset });

const spanShape = z.object({
  start: offset,
  end: offset,
  label: labelText,
  id: idText.optional(),
  quote: z.string().optional(),
  text: z.string().optional(),
  fragments: z.array(range).max(1000).optional(),
});

const linkShape = z.object({ from: idText, to: idText, type: labelText.optional() });

const noteShape = z.object({
  text: z.string(),
  id: idText.optional(),
  spans: z
    .array(
      z.union([
        spanShape,
        z.tuple([offset, offset, labelText]).transform(([start, end, label]) => ({ start, end, label })),
      ]),
    )
    .max(100_000)
    .optional(),
  links: z.array(linkShape).max(100_000).optional(),
  offsetUnit: z.enum(['utf16', 'codepoint']).optional(),
  patient: idText.optional(),
  type: shortText.optional(),
  author: shortText.optional(),
  site: shortText.optional(),
  date: z.union([z.number().int(), z.string().max(40)]).optional(),
  part: z.enum(['train', 'dev', 'test']).optional(),
  metadata: z
    .record(z.string(), z.unknown())
    .refine((fields) => !deeperThan(fields, 50))
    .optional(),
});

type NoteShape = z.output<typeof noteShape>;
type SpanShape = z.output<typeof spanShape>;

export type JsonNote = Omit<ReadNote, 'kind' | 'file' | 'line' | 'externalId' | 'part'> & {
  readonly id: string | undefined;
  readonly part: ReadNote['part'];
  readonly usedCodePoints: boolean;
};

/** Reads one object of a JSONL file. The result is a note, or the reason why it is none. */
export function readJsonNote(value: unknown, unit: OffsetUnit): JsonNote | string {
  const parsed = noteShape.safeParse(value);
  if (!parsed.success) return describeIssue(parsed.error.issues[0]);
  const note = parsed.data;
  const problem = note.text.trim() === '' ? 'The text is empty.' : textProblem(note.text);
  if (problem !== null) return problem;
  const writtenAt = readDate(note.date);
  if (writtenAt === null)
    return '“date” is neither milliseconds nor a date as in 2026-03-31 or 2026-03-31T14:05:00Z.';
  const placed = placeSpans(note, note.offsetUnit ?? unit);
  if (typeof placed === 'string') return placed;
  const links = readLinks(note);
  if (typeof links === 'string') return links;
  return {
    id: note.id,
    text: note.text,
    tokenOffsets: null,
    spans: placed.spans,
    links,
    annotated: note.spans !== undefined,
    part: note.part ?? null,
    patientId: note.patient,
    noteType: note.type,
    author: note.author,
    site: note.site,
    writtenAt,
    metadata: note.metadata,
    usedCodePoints: placed.usedCodePoints,
  };
}

function describeIssue(
  issue: { readonly path: PropertyKey[]; readonly message: string } | undefined,
): string {
  const place = issue?.path.map(String).join('.') ?? '';
  return place === ''
    ? 'The line is no JSON object with a “text”.'
    : `“${place.slice(0, 100)}” is missing or is not what it should be. See the format's description for its type.`;
}

function readDate(date: NoteShape['date']): number | null | undefined {
  if (date === undefined || typeof date === 'number') return date;
  const dated = /^\d{4}-\d{2}-\d{2}(T[\d:.]+(Z|[+-]\d{2}:?\d{2})?)?$/.exec(date);
  if (dated === null) return null;
  // A time without a zone is taken as UTC, so that the same file gives the same times everywhere.
  const time = Date.parse(dated[1] !== undefined && dated[2] === undefined ? `${date}Z` : date);
  return Number.isNaN(time) ? null : time;
}

/** `auto` trusts UTF-16 unless quotes contradict it and code points agree with all of them. */
function placeSpans(
  note: NoteShape,
  unit: OffsetUnit,
): { spans: ImportedSpan[]; usedCodePoints: boolean } | string {
  const spans = (note.spans ?? []) as readonly SpanShape[];
  if (unit === 'codepoint') {
    const placed = placeWith(spans, note.text, codePointIndex(note.text));
    return typeof placed === 'string' ? placed : { spans: placed, usedCodePoints: false };
  }
  const placed = placeWith(spans, note.text, (position) => position);
  if (typeof placed !== 'string') return { spans: placed, usedCodePoints: false };
  const quoted = spans.some((span) => quoteOf(span) !== undefined);
  if (unit === 'utf16' || !quoted) return placed;
  const again = placeWith(spans, note.text, codePointIndex(note.text));
  return typeof again === 'string' ? placed : { spans: again, usedCodePoints: true };
}

function quoteOf(span: SpanShape): string | undefined {
  return span.quote ?? span.text;
}

function placeWith(
  spans: readonly SpanShape[],
  text: string,
  place: (offset: number) => number,
): ImportedSpan[] | string {
  const placed: ImportedSpan[] = [];
  for (const [index, span] of spans.entries()) {
    const [start, end] = [place(span.start), place(span.end)];
    const name = `Span ${String(index + 1)} (${String(span.start)} to ${String(span.end)})`;
    if (!(start < end && end <= text.length)) {
      return `${name} does not lie in the text, which has ${String(text.length)} characters.`;
    }
    if (cutsPair(text, start) || cutsPair(text, end)) {
      return `${name} begins or ends inside a character. Its offsets may be counted in code points: choose that unit.`;
    }
    const quote = quoteOf(span);
    if (quote !== undefined && span.fragments === undefined && text.slice(start, end) !== quote) {
      return `${name} does not cover its quote. Its offsets may be counted in another unit: choose it, or mend the source.`;
    }
    const fragments = span.fragments?.map((piece) => ({ start: place(piece.start), end: place(piece.end) }));
    if (fragments !== undefined && !fragmentsFit(fragments, start, end)) {
      return `${name} has fragments that are out of order or outside its bounds.`;
    }
    placed.push({
      label: span.label,
      start,
      end,
      ...(fragments !== undefined && fragments.length > 1 ? { fragments } : {}),
    });
  }
  return placed;
}

function cutsPair(text: string, position: number): boolean {
  const unit = text.charCodeAt(position);
  return position > 0 && unit >= 0xdc00 && unit <= 0xdfff;
}

function fragmentsFit(
  fragments: readonly { start: number; end: number }[],
  start: number,
  end: number,
): boolean {
  let last = start;
  for (const piece of fragments) {
    if (!(piece.start >= last && piece.start < piece.end && piece.end <= end)) return false;
    last = piece.end;
  }
  return fragments.length === 0 || (fragments[0]?.start === start && last === end);
}

/** A link names spans by their id, or by their index from 0 where they have none. */
function readLinks(note: NoteShape): ImportedLink[] | string {
  const spans = (note.spans ?? []) as readonly SpanShape[];
  const byId = new Map<string, number>();
  for (const [index, span] of spans.entries()) byId.set(span.id ?? String(index), index);
  const links: ImportedLink[] = [];
  for (const [index, link] of (note.links ?? []).entries()) {
    const [from, to] = [byId.get(link.from), byId.get(link.to)];
    if (from === undefined || to === undefined || from === to) {
      return `Link ${String(index + 1)} does not join two spans of this note.`;
    }
    links.push({ from, to, ...(link.type === undefined ? {} : { type: link.type }) });
  }
  return links;
}
