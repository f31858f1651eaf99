import { CrfError } from '../errors.ts';

/**
 * How a span is written as one tag a token. `IO` marks membership only (two neighbouring spans of one label
 * become one), `IOB2` marks every beginning with `B-`, `IOBES` also marks ends (`E-`) and single tokens (`S-`).
 */
export type TagScheme = 'IO' | 'IOB2' | 'IOBES';

/** A span over tokens: `[tokenStart, tokenEnd)`. */
export interface TokenSpan {
  readonly tokenStart: number;
  readonly tokenEnd: number;
  readonly label: string;
}

/** Parts of a tag: which place of a span it marks, and of which label. `O` has the label ''. */
export interface TagParts {
  readonly place: 'O' | 'B' | 'I' | 'E' | 'S';
  readonly label: string;
}

const places: Readonly<Record<TagScheme, string>> = { IO: 'I', IOB2: 'BI', IOBES: 'BIES' };

/**
 * Takes a tag apart. In `IO` a bare label (`D`) means the same as `I-D`.
 * @throws CrfError CRF_TAG_INVALID when the tag is not one of the scheme's
 */
export function parseTag(tag: string, scheme: TagScheme): TagParts {
  if (tag === 'O') return { place: 'O', label: '' };
  if (tag.charCodeAt(1) === 45 && tag.length > 2 && places[scheme].includes(tag[0]!)) {
    return { place: tag[0] as 'B' | 'I' | 'E' | 'S', label: tag.slice(2) };
  }
  if (scheme === 'IO' && tag !== '' && !/^[BES]-/.test(tag)) return { place: 'I', label: tag };
  throw new CrfError(
    'CRF_TAG_INVALID',
    `"${tag}" is not a tag of the scheme ${scheme}. Choose the scheme the tags were written in, or convert them first.`,
    { tag, scheme },
  );
}

/** Tags of `count` tokens that hold the given spans, which must not overlap. */
export function writeTags(spans: readonly TokenSpan[], count: number, scheme: TagScheme): string[] {
  const tags = new Array<string>(count).fill('O');
  for (const { tokenStart, tokenEnd, label } of spans) {
    for (let index = tokenStart; index < tokenEnd; index++) {
      const isFirst = index === tokenStart;
      const isLast = index === tokenEnd - 1;
      let place = 'I';
      if (scheme === 'IOB2') place = isFirst ? 'B' : 'I';
      if (scheme === 'IOBES') place = isFirst ? (isLast ? 'S' : 'B') : isLast ? 'E' : 'I';
      tags[index] = `${place}-${label}`;
    }
  }
  return tags;
}

/**
 * Reads the spans out of tags. A sequence that breaks the scheme is read as generously as CoNLL's scorer does:
 * a continuation without a beginning begins a span, a change of label ends one.
 * @throws CrfError CRF_TAG_INVALID for a tag that is not of the scheme
 */
export function readTags(tags: readonly string[], scheme: TagScheme): TokenSpan[] {
  const spans: TokenSpan[] = [];
  let start = -1;
  let label = '';
  const close = (end: number): void => {
    if (start >= 0) spans.push({ tokenStart: start, tokenEnd: end, label });
    start = -1;
  };
  tags.forEach((tag, index) => {
    const parts = parseTag(tag, scheme);
    if (parts.place === 'O') return close(index);
    if (start < 0 || parts.place === 'B' || parts.place === 'S' || parts.label !== label) {
      close(index);
      start = index;
      label = parts.label;
    }
    if (parts.place === 'E' || parts.place === 'S') close(index + 1);
  });
  close(tags.length);
  return spans;
}

/**
 * The one conversion between schemes: tags → spans → tags. From `IO` nothing can be won back: neighbouring spans
 * of one label are one span there.
 */
export function convertTags(tags: readonly string[], from: TagScheme, to: TagScheme): string[] {
  return writeTags(readTags(tags, from), tags.length, to);
}

/** Every tag of a scheme over the given span labels, `O` first: the labels of a model that can tag them. */
export function schemeTags(labels: readonly string[], scheme: TagScheme): string[] {
  return ['O', ...labels.flatMap((label) => [...places[scheme]].map((place) => `${place}-${label}`))];
}

/** Which tags may begin a sentence, end one, and follow one another (`allowed[from * L + to]`), 1 or 0. */
export interface LegalTransitions {
  readonly start: Uint8Array;
  readonly end: Uint8Array;
  readonly allowed: Uint8Array;
}

/** The transitions a scheme allows between the tags of a model. Tags the scheme does not know are unrestricted. */
export function legalTransitions(tags: readonly string[], scheme: TagScheme): LegalTransitions {
  const parts = tags.map((tag): TagParts | null => {
    try {
      return parseTag(tag, scheme);
    } catch {
      return null;
    }
  });
  const size = tags.length;
  const start = new Uint8Array(size).fill(1);
  const end = new Uint8Array(size).fill(1);
  const allowed = new Uint8Array(size * size).fill(1);
  if (scheme === 'IO') return { start, end, allowed };
  const open = (tag: TagParts | null): boolean =>
    tag !== null && (scheme === 'IOBES' ? tag.place === 'B' || tag.place === 'I' : false);
  const continues = (tag: TagParts | null): boolean =>
    tag !== null && (tag.place === 'I' || tag.place === 'E');
  parts.forEach((to, column) => {
    if (continues(to)) start[column] = 0;
    if (open(to)) end[column] = 0;
    parts.forEach((from, row) => {
      if (from === null || to === null) return;
      let legal = true;
      if (continues(to)) {
        const canContinue = scheme === 'IOBES' ? open(from) : from.place !== 'O';
        legal = canContinue && from.label === to.label;
      } else if (open(from)) legal = false;
      allowed[row * size + column] = legal ? 1 : 0;
    });
  });
  return { start, end, allowed };
}
