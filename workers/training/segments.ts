import type { Tokens } from '../../crf-core/index.ts';
import { splitSentences, tokenize } from '../../crf-core/index.ts';

/** A note cut into what the chain sees: tokens, and where the sentences begin. */
export interface Segments {
  readonly tokens: Tokens;
  /** Sentence i holds tokens `[sentences[i], sentences[i + 1])`. */
  readonly sentences: Int32Array;
}

/**
 * Cuts a note. Tokens that the source brought are kept as they are, and its sentences are its lines; every other
 * note goes through the tokenizer and the sentence splitter that tagging uses too.
 */
export function segment(text: string, tokenOffsets: Uint32Array | null): Segments {
  if (tokenOffsets === null) {
    const tokens = tokenize(text);
    return { tokens, sentences: splitSentences(text, tokens) };
  }
  const count = tokenOffsets.length / 2;
  const starts = new Int32Array(count);
  const ends = new Int32Array(count);
  for (let index = 0; index < count; index += 1) {
    starts[index] = tokenOffsets[2 * index] ?? 0;
    ends[index] = tokenOffsets[2 * index + 1] ?? 0;
  }
  const tokens = { starts, ends };
  return { tokens, sentences: lines(text, tokens) };
}

function lines(text: string, tokens: Tokens): Int32Array {
  const count = tokens.starts.length;
  const boundaries = [0];
  for (let index = 1; index < count; index += 1) {
    if (/[\r\n\u2028\u2029]/.test(text.slice(tokens.ends[index - 1], tokens.starts[index]))) {
      boundaries.push(index);
    }
  }
  if (count > 0) boundaries.push(count);
  return Int32Array.from(boundaries);
}

/** Sentences of a note as token ranges, empty ones left out. */
export function* sentenceRanges(sentences: Int32Array): Generator<readonly [number, number]> {
  for (let index = 0; index + 1 < sentences.length; index += 1) {
    const from = sentences[index] ?? 0;
    const to = sentences[index + 1] ?? 0;
    if (to > from) yield [from, to];
  }
}
