import type { Tokens } from './tokenizer.ts';
import { characterClass, classOfCodePoint, foldCase } from './unicode.ts';

const { upper, lower, letter } = characterClass;

/** The words of a text: its tokens that hold a letter, case-folded, in order and with repetitions. */
export function* wordsOf(text: string, tokens: Tokens): Generator<string> {
  for (let index = 0; index < tokens.starts.length; index++) {
    const token = text.slice(tokens.starts[index], tokens.ends[index]);
    if (holdsLetter(token)) yield foldCase(token);
  }
}

function holdsLetter(token: string): boolean {
  for (const char of token) {
    const kind = classOfCodePoint(char.codePointAt(0) ?? 0);
    if (kind === upper || kind === lower || kind === letter) return true;
  }
  return false;
}

/**
 * A set of words as sorted 32-bit hashes: enough to say whether training ever saw a word, at 4 bytes a word, and
 * no list of words travels with it. Of n stored words an unseen one passes as seen with a chance of n / 2³²: one
 * in 40,000 for 100,000 words.
 */
export class WordSet {
  readonly #hashes: Uint32Array;

  private constructor(hashes: Uint32Array) {
    this.#hashes = hashes;
  }

  /** The set of these words, which are case-folded already (see {@link wordsOf}). */
  static of(words: Iterable<string>): WordSet {
    const seen = new Set<number>();
    for (const word of words) seen.add(hashWord(word));
    return new WordSet(Uint32Array.from(seen).sort());
  }

  /** How many different words it holds. */
  get size(): number {
    return this.#hashes.length;
  }

  has(word: string): boolean {
    const wanted = hashWord(word);
    let low = 0;
    let high = this.#hashes.length - 1;
    while (low <= high) {
      const middle = (low + high) >>> 1;
      const found = this.#hashes[middle]!;
      if (found === wanted) return true;
      if (found < wanted) low = middle + 1;
      else high = middle - 1;
    }
    return false;
  }

  /** Little-endian, whatever the machine. */
  encode(): Uint8Array {
    const bytes = new Uint8Array(this.#hashes.length * 4);
    const view = new DataView(bytes.buffer);
    this.#hashes.forEach((hash, index) => view.setUint32(index * 4, hash, true));
    return bytes;
  }

  /** Reads what {@link encode} wrote, or null when the bytes are not of such a set. */
  static decode(bytes: Uint8Array): WordSet | null {
    if (bytes.byteLength % 4 !== 0) return null;
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const hashes = new Uint32Array(bytes.byteLength / 4);
    for (let index = 0; index < hashes.length; index++) {
      hashes[index] = view.getUint32(index * 4, true);
      if (index > 0 && hashes[index]! <= hashes[index - 1]!) return null;
    }
    return new WordSet(hashes);
  }
}

/** FNV-1a over the UTF-16 units, with a final mix so that short words spread. */
function hashWord(word: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < word.length; index++) {
    const unit = word.charCodeAt(index);
    hash = Math.imul(hash ^ (unit & 0xff), 0x01000193);
    hash = Math.imul(hash ^ (unit >>> 8), 0x01000193);
  }
  hash = Math.imul(hash ^ (hash >>> 16), 0x7feb352d);
  hash = Math.imul(hash ^ (hash >>> 15), 0x846ca68b);
  return (hash ^ (hash >>> 16)) >>> 0;
}
