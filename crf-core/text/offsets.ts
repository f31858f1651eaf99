import { CrfError } from '../errors.ts';

/** How a position in a text is counted. Medspan counts UTF-16 code units inside; others count otherwise. */
export type OffsetUnit = 'utf16' | 'codepoint' | 'utf8';

function widthOf(codePoint: number, unit: OffsetUnit): number {
  if (unit === 'codepoint') return 1;
  if (unit === 'utf16') return codePoint > 0xffff ? 2 : 1;
  return codePoint < 0x80 ? 1 : codePoint < 0x800 ? 2 : codePoint < 0x10000 ? 3 : 4;
}

/**
 * Converts positions of one text from one unit to another in a single pass.
 *
 * @param text the whole text the positions point into
 * @param offsets positions in `from` units, in any order
 * @returns the same positions in `to` units, in the order given
 * @throws CrfError CRF_SPAN_INVALID when a position lies outside the text or inside a character.
 *   A lone surrogate counts as one code point and as three bytes (the size of its replacement character).
 */
export function convertOffsets(
  text: string,
  offsets: ArrayLike<number>,
  from: OffsetUnit,
  to: OffsetUnit,
): Int32Array {
  const order = Array.from({ length: offsets.length }, (_, index) => index).toSorted(
    (a, b) => offsets[a]! - offsets[b]!,
  );
  const result = new Int32Array(offsets.length);
  let next = 0;
  let source = 0;
  let target = 0;
  const settle = (): void => {
    while (next < order.length && offsets[order[next]!] === source) result[order[next++]!] = target;
  };
  for (let index = 0; index < text.length;) {
    settle();
    const codePoint = text.codePointAt(index)!;
    source += widthOf(codePoint, from);
    target += widthOf(codePoint, to);
    index += codePoint > 0xffff ? 2 : 1;
    if (next < order.length && offsets[order[next]!]! < source) break;
  }
  settle();
  if (next < order.length) {
    const bad = offsets[order[next]!]!;
    throw new CrfError(
      'CRF_SPAN_INVALID',
      `Offset ${bad} (${from}) is outside the text or inside a character. Check which unit the offsets are counted in.`,
      { offset: bad, unit: from },
    );
  }
  return result;
}

/** Position in code points of a UTF-16 position. See {@link convertOffsets}. */
export function utf16ToCodePoint(text: string, offset: number): number {
  return convertOffsets(text, [offset], 'utf16', 'codepoint')[0]!;
}

/** Position in UTF-16 units of a position in code points. See {@link convertOffsets}. */
export function codePointToUtf16(text: string, offset: number): number {
  return convertOffsets(text, [offset], 'codepoint', 'utf16')[0]!;
}

/** Position in UTF-8 bytes of a UTF-16 position. See {@link convertOffsets}. */
export function utf16ToUtf8(text: string, offset: number): number {
  return convertOffsets(text, [offset], 'utf16', 'utf8')[0]!;
}

/** Position in UTF-16 units of a position in UTF-8 bytes. See {@link convertOffsets}. */
export function utf8ToUtf16(text: string, offset: number): number {
  return convertOffsets(text, [offset], 'utf8', 'utf16')[0]!;
}
