import { CrfError } from '../errors.ts';
import type { TagScheme, TokenSpan } from './schemes.ts';
import { readTags, writeTags } from './schemes.ts';
import type { Tokens } from './tokenizer.ts';

/** A span over characters, UTF-16, end exclusive. `fragments` lists the parts of a discontinuous one. */
export interface TextSpan {
  readonly start: number;
  readonly end: number;
  readonly label: string;
  readonly fragments?: readonly { readonly start: number; readonly end: number }[] | undefined;
}

/** A span that stands on the chain: its characters and its tokens. */
export interface ChainSpan extends TokenSpan {
  readonly start: number;
  readonly end: number;
}

/** Why a span was changed on its way to the chain. A span may be counted under several reasons. */
export interface ChangedCounts {
  /** Only the longest fragment of a discontinuous span was kept. */
  discontinuous: number;
  /** The span was widened to whole tokens. */
  widened: number;
  /** The span ran over a sentence boundary; its longest part was kept. */
  acrossSentences: number;
  /** In `IO` the span touches another of the same label and merges with it. */
  merged: number;
}

/** Why a span could not be put on the chain. */
export interface DroppedCounts {
  /** It lies inside a longer span that was placed. */
  nested: number;
  /** It overlaps a longer (or equally long, earlier) span that was placed. */
  crossing: number;
  /** The very same tokens are already taken. */
  duplicate: number;
  /** It covers white space only. */
  empty: number;
}

/** What projection did, in numbers a person can check. */
export interface ProjectionReport {
  readonly total: number;
  readonly placed: number;
  readonly changedSpans: number;
  readonly changed: ChangedCounts;
  readonly dropped: DroppedCounts;
}

/** Result of {@link spansToTags}. */
export interface Projection {
  readonly tags: string[];
  readonly spans: ChainSpan[];
  readonly report: ProjectionReport;
}

/** First token that ends after `position`. */
function tokenAfter(tokens: Tokens, position: number): number {
  let low = 0;
  let high = tokens.ends.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (tokens.ends[middle]! > position) high = middle;
    else low = middle + 1;
  }
  return low;
}

interface Candidate {
  readonly order: number;
  readonly label: string;
  tokenStart: number;
  tokenEnd: number;
  changed: boolean;
}

/**
 * Projects spans onto the chain of tokens: one tag a token, whatever people drew.
 *
 * The rule, in this order: a discontinuous span keeps its longest fragment (the first of equally long ones);
 * a span is widened to whole tokens; a span over a sentence boundary keeps its longest part (the first of equally
 * long ones); then spans are placed longest first (in tokens), then leftmost, then in the order given, and a span
 * that touches a token already taken is dropped. The report counts every change and every loss.
 *
 * @param spans spans in any order, crossing and nested as people drew them
 * @param tokens the text's tokens
 * @param sentences boundaries of {@link splitSentences}, when sentences are tagged one by one
 * @throws CrfError CRF_SPAN_INVALID when a span is empty, reversed or negative
 */
export function spansToTags(
  spans: readonly TextSpan[],
  tokens: Tokens,
  scheme: TagScheme,
  sentences?: Int32Array,
): Projection {
  const changed: ChangedCounts = { discontinuous: 0, widened: 0, acrossSentences: 0, merged: 0 };
  const dropped: DroppedCounts = { nested: 0, crossing: 0, duplicate: 0, empty: 0 };
  const candidates: Candidate[] = [];
  spans.forEach((span, order) => {
    let { start, end } = span;
    let wasChanged = false;
    if (span.fragments !== undefined && span.fragments.length > 1) {
      const longest = span.fragments.reduce((best, part) =>
        part.end - part.start > best.end - best.start ? part : best,
      );
      ({ start, end } = longest);
      changed.discontinuous++;
      wasChanged = true;
    }
    if (!(start >= 0 && end > start)) {
      throw new CrfError(
        'CRF_SPAN_INVALID',
        `Span ${order} runs from ${start} to ${end}. A span needs 0 <= start < end, counted in UTF-16 units.`,
        { index: order, start, end },
      );
    }
    let tokenStart = tokenAfter(tokens, start);
    let tokenEnd = tokenStart;
    while (tokenEnd < tokens.starts.length && tokens.starts[tokenEnd]! < end) tokenEnd++;
    if (tokenEnd === tokenStart) {
      dropped.empty++;
      return;
    }
    if (tokens.starts[tokenStart]! < start || tokens.ends[tokenEnd - 1]! > end) {
      changed.widened++;
      wasChanged = true;
    }
    if (sentences !== undefined) {
      let bestStart = tokenStart;
      let bestEnd = tokenStart;
      for (let index = 0; index + 1 < sentences.length; index++) {
        const from = Math.max(tokenStart, sentences[index]!);
        const to = Math.min(tokenEnd, sentences[index + 1]!);
        if (to - from > bestEnd - bestStart) [bestStart, bestEnd] = [from, to];
      }
      if (bestEnd > bestStart && (bestStart !== tokenStart || bestEnd !== tokenEnd)) {
        [tokenStart, tokenEnd] = [bestStart, bestEnd];
        changed.acrossSentences++;
        wasChanged = true;
      }
    }
    candidates.push({ order, label: span.label, tokenStart, tokenEnd, changed: wasChanged });
  });

  candidates.sort(
    (a, b) =>
      b.tokenEnd - b.tokenStart - (a.tokenEnd - a.tokenStart) ||
      a.tokenStart - b.tokenStart ||
      a.order - b.order,
  );
  const owner = new Int32Array(tokens.starts.length).fill(-1);
  const placed: Candidate[] = [];
  for (const candidate of candidates) {
    const owners = new Set(owner.subarray(candidate.tokenStart, candidate.tokenEnd));
    owners.delete(-1);
    if (owners.size === 0) {
      owner.fill(placed.length, candidate.tokenStart, candidate.tokenEnd);
      placed.push(candidate);
      continue;
    }
    const other = placed[[...owners][0]!]!;
    if (other.tokenStart === candidate.tokenStart && other.tokenEnd === candidate.tokenEnd)
      dropped.duplicate++;
    else if (other.tokenStart <= candidate.tokenStart && other.tokenEnd >= candidate.tokenEnd)
      dropped.nested++;
    else dropped.crossing++;
  }
  placed.sort((a, b) => a.tokenStart - b.tokenStart);
  if (scheme === 'IO') {
    const starts = new Set(sentences ?? []);
    placed.forEach((candidate, index) => {
      const before = placed[index - 1];
      if (before === undefined || before.tokenEnd !== candidate.tokenStart) return;
      if (before.label !== candidate.label || starts.has(candidate.tokenStart)) return;
      changed.merged++;
      candidate.changed = true;
    });
  }
  const chain = placed.map(({ tokenStart, tokenEnd, label }): ChainSpan => ({
    tokenStart,
    tokenEnd,
    label,
    start: tokens.starts[tokenStart]!,
    end: tokens.ends[tokenEnd - 1]!,
  }));
  return {
    tags: writeTags(chain, tokens.starts.length, scheme),
    spans: chain,
    report: {
      total: spans.length,
      placed: placed.length,
      changedSpans: placed.filter((candidate) => candidate.changed).length,
      changed,
      dropped,
    },
  };
}

/**
 * Reads spans out of tags and gives them their characters back. With `sentences`, no span runs over a boundary.
 * @throws CrfError CRF_TAG_INVALID for a foreign tag, CRF_DATA_INVALID when counts differ
 */
export function tagsToSpans(
  tags: readonly string[],
  tokens: Tokens,
  scheme: TagScheme,
  sentences?: Int32Array,
): ChainSpan[] {
  if (tags.length !== tokens.starts.length) {
    throw new CrfError(
      'CRF_DATA_INVALID',
      `There are ${tags.length} tags for ${tokens.starts.length} tokens. Give one tag a token.`,
      { tags: tags.length, tokens: tokens.starts.length },
    );
  }
  const spans: ChainSpan[] = [];
  const boundaries = sentences ?? Int32Array.of(0, tags.length);
  for (let index = 0; index + 1 < boundaries.length; index++) {
    const from = boundaries[index]!;
    for (const span of readTags(tags.slice(from, boundaries[index + 1]), scheme)) {
      const tokenStart = from + span.tokenStart;
      const tokenEnd = from + span.tokenEnd;
      const start = tokens.starts[tokenStart]!;
      spans.push({ tokenStart, tokenEnd, label: span.label, start, end: tokens.ends[tokenEnd - 1]! });
    }
  }
  return spans;
}
