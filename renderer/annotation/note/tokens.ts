import { splitSentences } from '../../../crf-core/text/sentences.ts';
import { tokenize } from '../../../crf-core/text/tokenizer.ts';

/** The steps of the caret: tokens in reading order, and the first token of each sentence. */
export interface TokenRow {
  readonly starts: Int32Array;
  readonly ends: Int32Array;
  readonly sentences: Int32Array;
}

/** The source's own tokens where it brought any, else the engine's, so that tags fit what training sees. */
export function tokensOf(text: string, sourceOffsets: readonly number[] | null): TokenRow {
  const tokens = sourceOffsets ? fromSource(sourceOffsets) : tokenize(text);
  const whole = keepGraphemes(text, tokens.starts, tokens.ends);
  return { ...whole, sentences: splitSentences(text, whole) };
}

function fromSource(offsets: readonly number[]): { starts: Int32Array; ends: Int32Array } {
  const count = offsets.length >> 1;
  return {
    starts: Int32Array.from({ length: count }, (_, index) => offsets[index * 2] ?? 0),
    ends: Int32Array.from({ length: count }, (_, index) => offsets[index * 2 + 1] ?? 0),
  };
}

/** Beyond Latin, characters may be made of several code points: a flag, a family, a base with its marks. */
const needsGraphemes = /[\u0300-\u200f\u2028-\u202f\u205f-\u{10ffff}]/u;

/** Joins tokens whose border would cut what a reader sees as one character. */
function keepGraphemes(
  text: string,
  starts: Int32Array,
  ends: Int32Array,
): { starts: Int32Array; ends: Int32Array } {
  if (!needsGraphemes.test(text)) return { starts, ends };
  const borders = new Uint8Array(text.length + 1);
  const segmenter = new Intl.Segmenter(undefined, { granularity: 'grapheme' });
  for (const { index } of segmenter.segment(text)) borders[index] = 1;
  borders[text.length] = 1;
  const newStarts: number[] = [];
  const newEnds: number[] = [];
  for (const [index, start] of starts.entries()) {
    const end = ends[index] ?? start;
    const last = newEnds.length - 1;
    if (last >= 0 && borders[start] === 0 && start <= (newEnds[last] ?? 0)) newEnds[last] = end;
    else {
      newStarts.push(start);
      newEnds.push(end);
    }
  }
  return { starts: Int32Array.from(newStarts), ends: Int32Array.from(newEnds) };
}

/** Index of the first token that ends after `offset`, or the last one; -1 where there are none. */
export function tokenAt(tokens: TokenRow, offset: number): number {
  const { ends } = tokens;
  let low = 0;
  let high = ends.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((ends[middle] ?? 0) > offset) high = middle;
    else low = middle + 1;
  }
  return Math.min(low, ends.length - 1);
}

/** Tokens that a stretch of text touches, at least one; null where there are none at all. */
export function tokensTouched(
  tokens: TokenRow,
  start: number,
  end: number,
): { readonly first: number; readonly last: number } | null {
  if (tokens.starts.length === 0) return null;
  const first = tokenAt(tokens, start);
  let last = tokenAt(tokens, Math.max(start, end - 1));
  if (last > first && (tokens.starts[last] ?? 0) >= end) last -= 1;
  return { first, last };
}
