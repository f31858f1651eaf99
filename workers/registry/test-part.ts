import { spansToTags } from '../../crf-core/index.ts';
import type { Tagger } from '../../crf-core/index.ts';
import type { TrainingNote } from '../annotation/service.ts';
import { segment, sentenceRanges } from '../training/service.ts';
import type { Segments } from '../training/service.ts';

/** A span as strict scoring compares it: `start:end:label`. */
export type SpanKey = string;

/** A test note cut as training cuts it, with its gold on the chain. */
export interface GoldNote {
  readonly noteId: number;
  readonly text: string;
  readonly cut: Segments;
  readonly gold: ReadonlySet<SpanKey>;
}

export function goldOf(note: TrainingNote): GoldNote {
  const cut = segment(note.text, note.tokenOffsets);
  const { spans } = spansToTags(note.spans, cut.tokens, 'IOB2', cut.sentences);
  return { noteId: note.noteId, text: note.text, cut, gold: new Set(spans.map(keyOf)) };
}

/** Spans that a model finds in a note with the note's own tokens and sentences. */
export function predictedSpans(tagger: Tagger, { text, cut }: Pick<GoldNote, 'text' | 'cut'>) {
  const { starts, ends } = cut.tokens;
  const found: { start: number; end: number; label: string; probability: number }[] = [];
  for (const [from, to] of sentenceRanges(cut.sentences)) {
    const tokens: string[] = [];
    for (let index = from; index < to; index++) tokens.push(text.slice(starts[index], ends[index]));
    for (const span of tagger.tagTokens(tokens).spans) {
      found.push({
        start: starts[from + span.tokenStart] ?? 0,
        end: ends[from + span.tokenEnd - 1] ?? 0,
        label: span.label,
        probability: span.probability,
      });
    }
  }
  return found;
}

export function keyOf(span: {
  readonly start: number;
  readonly end: number;
  readonly label: string;
}): SpanKey {
  return `${String(span.start)}:${String(span.end)}:${span.label}`;
}
