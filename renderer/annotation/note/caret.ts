import type { TokenRow } from './tokens.ts';

/** Where the annotator is: a stretch of tokens from `anchor` to `focus`; the same twice is a caret on one token. */
export interface Caret {
  readonly anchor: number;
  readonly focus: number;
}

export interface Stretch {
  readonly start: number;
  readonly end: number;
}

/** The text that the caret stands on, or null in a note without tokens. */
export function stretchOf(tokens: TokenRow, caret: Caret): Stretch | null {
  const start = tokens.starts[Math.min(caret.anchor, caret.focus)];
  const end = tokens.ends[Math.max(caret.anchor, caret.focus)];
  return start === undefined || end === undefined ? null : { start, end };
}

export function isCollapsed(caret: Caret): boolean {
  return caret.anchor === caret.focus;
}

function clamp(tokens: TokenRow, index: number): number {
  return Math.max(0, Math.min(tokens.starts.length - 1, index));
}

/** Puts the caret on a token; extending keeps the anchor. */
export function moveTo(tokens: TokenRow, caret: Caret, index: number, extend: boolean): Caret {
  const focus = clamp(tokens, index);
  return { anchor: extend ? caret.anchor : focus, focus };
}

/** One token on or back. A stretch collapses to its edge first, as in any editor. */
export function moveByToken(tokens: TokenRow, caret: Caret, step: 1 | -1, extend: boolean): Caret {
  if (!extend && !isCollapsed(caret)) {
    const edge = step > 0 ? Math.max(caret.anchor, caret.focus) : Math.min(caret.anchor, caret.focus);
    return { anchor: edge, focus: edge };
  }
  return moveTo(tokens, caret, caret.focus + step, extend);
}

/** To the first token of the next sentence, or of this one and then of the one before. */
export function moveBySentence(tokens: TokenRow, caret: Caret, step: 1 | -1, extend: boolean): Caret {
  const { sentences } = tokens;
  if (step > 0) {
    const next = sentences.find((start) => start > caret.focus && start < tokens.starts.length);
    return moveTo(tokens, caret, next ?? tokens.starts.length - 1, extend);
  }
  const before = sentences.findLast((start) => start < caret.focus);
  return moveTo(tokens, caret, before ?? 0, extend);
}
