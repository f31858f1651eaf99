import { characterClass, classOfCodePoint } from '../text/unicode.ts';

/**
 * Shape of a token: upper-case letters become `A`, lower-case ones `a`, digits `0`, anything else stays.
 * @param length how many characters at most, counted in code points from the left
 */
export function shapeOf(token: string, length: number): string {
  let shape = '';
  let count = 0;
  for (const character of token) {
    if (count++ >= length) break;
    const kind = classOfCodePoint(character.codePointAt(0)!);
    if (kind === characterClass.upper) shape += 'A';
    else if (kind === characterClass.lower) shape += 'a';
    else if (kind === characterClass.digit) shape += '0';
    else shape += character;
  }
  return shape;
}

/** Each run of one character written once: `Aaaa00` becomes `Aa0`. */
export function collapseRuns(shape: string): string {
  let result = '';
  let last = '';
  for (const character of shape) {
    if (character !== last) result += character;
    last = character;
  }
  return result;
}
