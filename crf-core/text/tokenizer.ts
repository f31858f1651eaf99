import { characterClass, classOfCodePoint } from './unicode.ts';

/** Tokens of a text: `text.slice(starts[i], ends[i])` is the i-th. UTF-16 positions, end exclusive, rising. */
export interface Tokens {
  readonly starts: Int32Array;
  readonly ends: Int32Array;
}

const { upper, lower, letter, digit, space, mark } = characterClass;
const isLetter = (kind: number): boolean => kind === upper || kind === lower || kind === letter;
const joiner = 0x200d;
const at = (text: string, index: number): number => (index < text.length ? text.codePointAt(index)! : -1);
const width = (codePoint: number): number => (codePoint > 0xffff ? 2 : 1);
const kindAt = (text: string, index: number): number =>
  index < text.length ? classOfCodePoint(text.codePointAt(index)!) : characterClass.other;

/** End of the marks and joined characters that belong to the character ending at `index`. */
function pastMarks(text: string, index: number): number {
  let end = index;
  while (end < text.length) {
    const codePoint = at(text, end);
    if (classOfCodePoint(codePoint) !== mark) break;
    end += width(codePoint);
    if (codePoint === joiner && end < text.length && kindAt(text, end) !== space) end += width(at(text, end));
  }
  return end;
}

/** End of a run of digits, with the point or comma inside a number (`2.5`, `10,000`) kept. */
function pastNumber(text: string, index: number): number {
  let end = index;
  for (;;) {
    while (end < text.length && kindAt(text, end) === digit) end += width(at(text, end));
    const separator = text.charCodeAt(end);
    if ((separator !== 46 && separator !== 44) || kindAt(text, end + 1) !== digit) return end;
    end += 1;
  }
}

/** End of dotted single letters (`b.i.d.`, `p.o.`), or -1 when `index` does not start such a run. */
function pastDottedLetters(text: string, index: number): number {
  let end = index;
  let count = 0;
  while (isLetter(kindAt(text, end)) && text.charCodeAt(end + 1) === 46) {
    end += 2;
    count++;
  }
  return count >= 2 && !isLetter(kindAt(text, end)) && kindAt(text, end) !== digit ? end : -1;
}

function pastWord(text: string, index: number): number {
  let end = index;
  while (end < text.length) {
    const codePoint = at(text, end);
    const kind = classOfCodePoint(codePoint);
    if (!isLetter(kind) && kind !== digit) break;
    end = pastMarks(text, end + width(codePoint));
  }
  return end;
}

/**
 * Splits a clinical text finely, so that a span's edge almost always falls on a token's edge.
 *
 * - White space separates and belongs to no token; every other character belongs to exactly one.
 * - Letters and the digits after them stay together (`B12`, `H1N1`); digits before letters are cut off (`5|mg`).
 * - A point or comma inside a number stays (`2.5`); dotted single letters stay whole (`b.i.d.`).
 * - Any other character is a token of its own, with its combining marks; surrogate pairs are never cut.
 *
 * Deterministic on every runtime: character classes come from the frozen tables.
 */
export function tokenize(text: string): Tokens {
  const starts: number[] = [];
  const ends: number[] = [];
  for (let index = 0; index < text.length;) {
    const codePoint = at(text, index);
    const kind = classOfCodePoint(codePoint);
    if (kind === space) {
      index += width(codePoint);
      continue;
    }
    let end: number;
    if (kind === digit) end = pastMarks(text, pastNumber(text, index));
    else if (isLetter(kind)) {
      const freshWord = index === 0 || !isLetter(kindAt(text, index - 1));
      const dotted = freshWord ? pastDottedLetters(text, index) : -1;
      end = dotted > 0 ? dotted : pastWord(text, index);
    } else end = pastMarks(text, index + width(codePoint));
    starts.push(index);
    ends.push(end);
    index = end;
  }
  return { starts: Int32Array.from(starts), ends: Int32Array.from(ends) };
}

/** The tokens' own texts, in order. */
export function tokenTexts(text: string, tokens: Tokens): string[] {
  const result: string[] = [];
  for (let index = 0; index < tokens.starts.length; index++) {
    result.push(text.slice(tokens.starts[index], tokens.ends[index]));
  }
  return result;
}
