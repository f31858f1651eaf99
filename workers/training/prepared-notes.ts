import type { createHash } from 'node:crypto';
import type { ChainSpan, TagScheme, TextSpan, Tokens } from '../../crf-core/index.ts';
import { spansToTags } from '../../crf-core/index.ts';
import type { TrainingNote } from '../annotation/service.ts';
import type { ScoredSpan } from '../api/training-evaluation.ts';
import type { Projection } from '../api/training.ts';
import { segment, sentenceRanges } from './segments.ts';

/** A note as the chain sees it. */
export interface PreparedNote {
  readonly noteId: number;
  readonly leaked: boolean;
  readonly text: string;
  readonly tokens: Tokens;
  readonly sentences: Int32Array;
  /** One tag a token. */
  readonly tags: readonly string[];
  /** Spans that the chain can hold, in tokens and in characters, in the order of the text. */
  readonly chain: readonly ChainSpan[];
  readonly gold: readonly ScoredSpan[];
  /** Spans as people drew them, each by its outer bounds. */
  readonly annotated: readonly ScoredSpan[];
  readonly changedSpans: number;
}

/** What was read, counted and hashed on the way, whoever consumes the notes. */
export interface Preparation {
  prepare(note: TrainingNote): PreparedNote;
  readonly notes: () => number;
  readonly sentences: () => number;
  readonly tokens: () => number;
  readonly projection: () => Projection;
}

/** Prepares notes of one part; `hash` sees every text, token and span in the order of reading. */
export function createPreparation(scheme: TagScheme, hash: ReturnType<typeof createHash>): Preparation {
  let notes = 0;
  let sentences = 0;
  let tokens = 0;
  let total = 0;
  let changed = 0;
  let placed = 0;
  const changedBy = { discontinuous: 0, widened: 0, acrossSentences: 0, merged: 0 };
  const droppedBy = { nested: 0, crossing: 0, duplicate: 0, empty: 0 };

  return {
    prepare(note) {
      const { tokens: cut, sentences: boundaries } = segment(note.text, note.tokenOffsets);
      const spans: TextSpan[] = note.spans.map(({ start, end, label, fragments }) =>
        fragments === undefined ? { start, end, label } : { start, end, label, fragments },
      );
      const { tags, spans: chain, report } = spansToTags(spans, cut, scheme, boundaries);
      hash.update(`${String(note.text.length)}\n${note.text}\n${JSON.stringify(spans)}\n`);
      hash.update(cut.starts).update(cut.ends).update(boundaries);
      notes += 1;
      sentences += Math.max(0, boundaries.length - 1);
      tokens += cut.starts.length;
      total += report.total;
      changed += report.changedSpans;
      placed += report.placed;
      for (const key of Object.keys(changedBy) as (keyof typeof changedBy)[])
        changedBy[key] += report.changed[key];
      for (const key of Object.keys(droppedBy) as (keyof typeof droppedBy)[])
        droppedBy[key] += report.dropped[key];
      return {
        noteId: note.noteId,
        leaked: note.leaked,
        text: note.text,
        tokens: cut,
        sentences: boundaries,
        tags,
        chain,
        gold: chain.map(({ start, end, label }) => ({ start, end, label })),
        annotated: withoutTwins(spans),
        changedSpans: report.changedSpans + report.total - report.placed,
      };
    },
    notes: () => notes,
    sentences: () => sentences,
    tokens: () => tokens,
    projection: () => ({ total, changed, dropped: total - placed, changedBy, droppedBy }),
  };
}

/** The same bounds and label said twice are one span to find. */
function withoutTwins(spans: readonly TextSpan[]): ScoredSpan[] {
  const kept = new Map<string, ScoredSpan>();
  for (const { start, end, label } of spans) {
    kept.set(`${String(start)}:${String(end)}:${label}`, { start, end, label });
  }
  return [...kept.values()];
}

/** A sentence of a prepared note: its token texts and where it stands in the note, in tokens. */
export interface PreparedSentence {
  readonly note: PreparedNote;
  readonly tokens: readonly string[];
  readonly tags: readonly string[];
  readonly from: number;
  readonly to: number;
}

export function* sentenceTokens(note: PreparedNote): Generator<PreparedSentence> {
  for (const [from, to] of sentenceRanges(note.sentences)) {
    const tokens: string[] = [];
    for (let index = from; index < to; index += 1) {
      tokens.push(note.text.slice(note.tokens.starts[index], note.tokens.ends[index]));
    }
    yield { note, tokens, tags: note.tags.slice(from, to), from, to };
  }
}
