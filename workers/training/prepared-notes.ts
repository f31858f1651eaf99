import { createHash } from 'node:crypto';
import type { TagScheme, TextSpan, Tokens } from '../../crf-core/index.ts';
import { spansToTags } from '../../crf-core/index.ts';
import type { TrainingNote } from '../annotation/service.ts';
import type { ScoredSpan } from '../api/training-evaluation.ts';
import type { Projection } from '../api/training.ts';
import { segment } from './segments.ts';

/** A note as the chain sees it. */
export interface PreparedNote {
  readonly noteId: number;
  readonly leaked: boolean;
  readonly text: string;
  readonly tokens: Tokens;
  readonly sentences: Int32Array;
  /** One tag a token. */
  readonly tags: readonly string[];
  /** Spans that the chain can hold, in the order of the text. */
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
      const { tags, spans: gold, report } = spansToTags(spans, cut, scheme, boundaries);
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
        gold: gold.map(({ start, end, label }) => ({ start, end, label })),
        annotated: spans.map(({ start, end, label }) => ({ start, end, label })),
        changedSpans: report.changedSpans + report.total - report.placed,
      };
    },
    notes: () => notes,
    sentences: () => sentences,
    tokens: () => tokens,
    projection: () => ({ total, changed, dropped: total - placed, changedBy, droppedBy }),
  };
}
