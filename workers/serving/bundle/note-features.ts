import type { Tokens, WordSet } from '../../../crf-core/index.ts';
import { characterClass, classOfCodePoint, wordsOf } from '../../../crf-core/index.ts';
import type { NoteFeatures } from '../../api/serving.ts';
import { stopWords } from './stop-words.ts';

const { upper, lower, letter, digit, space, mark } = characterClass;

/**
 * How a note looks from outside, counted over the very tokens that the model sees. Classes of characters come
 * from frozen tables, so that every runtime counts alike.
 */
export function noteFeatures(
  text: string,
  tokens: Tokens,
  sentences: number,
  vocabulary: WordSet | null,
): NoteFeatures {
  const characters = countCharacters(text);
  const tokenCount = tokens.starts.length;
  const distinct = new Set<string>();
  let words = 0;
  let stops = 0;
  let unseen = 0;
  for (const word of wordsOf(text, tokens)) {
    words++;
    distinct.add(word);
    if (stopWords.has(word)) stops++;
    if (vocabulary !== null && !vocabulary.has(word)) unseen++;
  }
  return {
    length: text.length,
    tokens: tokenCount,
    sentences,
    words,
    capitalsShare: ratio(characters.capitals, characters.letters),
    punctuationShare: ratio(characters.punctuation, characters.visible),
    digitShare: ratio(characters.digits, characters.visible),
    uniqueWordsShare: ratio(distinct.size, words),
    stopWordsShare: ratio(stops, words),
    meanSentenceLength: ratio(tokenCount, sentences),
    oovShare: vocabulary === null ? null : ratio(unseen, words),
    empty: characters.visible === 0,
  };
}

function isLetter(kind: number): boolean {
  return kind === upper || kind === lower || kind === letter;
}

function countCharacters(
  text: string,
): Record<'letters' | 'capitals' | 'digits' | 'punctuation' | 'visible', number> {
  const counts = { letters: 0, capitals: 0, digits: 0, punctuation: 0, visible: 0 };
  for (let at = 0; at < text.length; at++) {
    const code = text.codePointAt(at) ?? 0;
    if (code > 0xffff) at++;
    const kind = classOfCodePoint(code);
    // A combining mark belongs to the character before it.
    if (kind === space || kind === mark) continue;
    counts.visible++;
    if (isLetter(kind)) counts.letters++;
    else if (kind === digit) counts.digits++;
    else counts.punctuation++;
    if (kind === upper) counts.capitals++;
  }
  return counts;
}

function ratio(part: number, whole: number): number | null {
  return whole === 0 ? null : part / whole;
}
