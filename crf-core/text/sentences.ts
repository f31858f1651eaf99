import type { Tokens } from './tokenizer.ts';
import { characterClass, classOfCodePoint, foldCase } from './unicode.ts';

const abbreviations = new Set(
  (
    'dr mr mrs ms prof st vs approx etc e.g i.e fig al no pt pts hx dx rx tx sx dept inc jr sr resp ' +
    'min max wk wks mo mos yr yrs hr hrs tab tabs cap caps inj vol ref cf ca temp wt ht'
  ).split(' '),
);
const closers = new Set([')', ']', '}', '"', "'", '\u2019', '\u201d']);
const bullets = new Set(['-', '*', '+', '\u2022', '\u2013', '\u2014', '\u25cf', '\u25aa', '#', '>']);

const first = (text: string, index: number): number => classOfCodePoint(text.codePointAt(index) ?? 0);
const opensSentence = (kind: number): boolean =>
  kind === characterClass.upper || kind === characterClass.digit || kind === characterClass.letter;

/** How many line breaks lie between two positions; CRLF is one. */
function lineBreaks(text: string, from: number, to: number): number {
  let count = 0;
  for (let index = from; index < to; index++) {
    const unit = text.charCodeAt(index);
    if (
      unit === 10 ||
      (unit === 13 && text.charCodeAt(index + 1) !== 10) ||
      unit === 0x2028 ||
      unit === 0x2029
    )
      count++;
  }
  return count;
}

/**
 * Finds where sentences begin.
 *
 * A sentence ends after `.`, `!` or `?` (and closing quotes or brackets) when white space follows and the next
 * token opens a sentence, unless the point belongs to a known abbreviation or an initial; at every blank line;
 * and at a line break after a heading (`Plan:`), before a bullet or numbered item, or after a short line whose
 * successor opens a sentence. A hard-wrapped line therefore does not cut its sentence.
 *
 * @returns boundaries as token indices: sentence i holds tokens `[b[i], b[i + 1])`; `b[0]` is 0 and the last is
 *   the token count. A text without tokens gives `[0]`: no sentence.
 */
export function splitSentences(text: string, tokens: Tokens): Int32Array {
  const count = tokens.starts.length;
  const boundaries: number[] = [0];
  if (count === 0) return Int32Array.from(boundaries);
  const word = (index: number): string => text.slice(tokens.starts[index], tokens.ends[index]);
  let lineStart = tokens.starts[0]!;
  for (let next = 1; next < count; next++) {
    const end = tokens.ends[next - 1]!;
    const start = tokens.starts[next]!;
    if (start === end) continue;
    const breaks = lineBreaks(text, end, start);
    let last = next - 1;
    while (last > boundaries[boundaries.length - 1]! && closers.has(word(last))) last--;
    const lastWord = word(last);
    const mark = lastWord.length > 1 && lastWord.endsWith('.') ? '' : lastWord;
    let cut = breaks >= 2;
    const opens = opensSentence(first(text, start)) || bullets.has(word(next));
    if (!cut && (mark === '.' || mark === '!' || mark === '?')) {
      const before =
        last > 0 && tokens.ends[last - 1] === tokens.starts[last] ? foldCase(word(last - 1)) : '';
      const abbreviated =
        mark === '.' && (abbreviations.has(before) || (before.length === 1 && /[a-z]/.test(before)));
      cut = opens ? !abbreviated : breaks > 0 && !abbreviated;
    }
    if (!cut && breaks === 1) {
      const numbered =
        first(text, start) === characterClass.digit &&
        next + 1 < count &&
        (word(next + 1) === '.' || word(next + 1) === ')') &&
        tokens.starts[next + 1] === tokens.ends[next];
      cut =
        lastWord === ':' ||
        numbered ||
        bullets.has(word(next)) ||
        (end - lineStart < 50 && first(text, start) === characterClass.upper && lastWord !== ',');
    }
    if (cut) boundaries.push(next);
    if (breaks > 0) lineStart = start;
  }
  boundaries.push(count);
  return Int32Array.from(boundaries);
}
