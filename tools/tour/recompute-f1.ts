/**
 * Recomputes the scores of exported predictions (`token TAB gold TAB predicted`, IOB2, a blank line after each
 * sentence), sharing no code with the app: `node tools/run.mjs tools/tour/recompute-f1.ts FILE`.
 */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

export interface RecomputedScores {
  readonly tokens: number;
  /** Over tokens whose gold or predicted label is not O; the label without B- and I- must agree. */
  readonly tokenMicroF1: number;
  /** Over maximal runs of one entity; bounds and label must agree. */
  readonly strictSpanF1: number;
}

export function recompute(text: string): RecomputedScores {
  const token = new Counter();
  const span = new Counter();
  let tokens = 0;
  for (const sentence of text.split(/\n\n+/)) {
    const rows = sentence.split('\n').filter((line) => line !== '');
    const fields = rows.map((line) => line.split('\t'));
    const gold = fields.map((row) => row.at(-2) ?? 'O');
    const predicted = fields.map((row) => row.at(-1) ?? 'O');
    tokens += rows.length;
    for (const [i, tag] of gold.entries()) token.add(typeOf(tag), typeOf(predicted[i] ?? 'O'));
    span.addAll(spansOf(gold), spansOf(predicted));
  }
  return { tokens, tokenMicroF1: token.f1(), strictSpanF1: span.f1() };
}

const typeOf = (tag: string): string | null => (tag === 'O' ? null : tag.slice(2));

/** `from:to:type` of each entity. An I- without a beginning begins one. */
function spansOf(tags: readonly string[]): ReadonlySet<string> {
  const spans = new Set<string>();
  let from = -1;
  for (let i = 0; i <= tags.length; i += 1) {
    const tag = tags[i] ?? 'O';
    const before = from < 0 ? null : typeOf(tags[i - 1] ?? 'O');
    const goesOn = tag.startsWith('I-') && before === typeOf(tag);
    if (from >= 0 && !goesOn) {
      spans.add(`${from}:${i}:${before}`);
      from = -1;
    }
    if (tag !== 'O' && !goesOn) from = i;
  }
  return spans;
}

class Counter {
  #right = 0;
  #gold = 0;
  #predicted = 0;

  add(gold: string | null, predicted: string | null): void {
    if (gold !== null) this.#gold += 1;
    if (predicted !== null) this.#predicted += 1;
    if (gold !== null && gold === predicted) this.#right += 1;
  }

  addAll(gold: ReadonlySet<string>, predicted: ReadonlySet<string>): void {
    this.#gold += gold.size;
    this.#predicted += predicted.size;
    for (const one of predicted) if (gold.has(one)) this.#right += 1;
  }

  f1(): number {
    return this.#gold + this.#predicted === 0 ? 0 : (2 * this.#right) / (this.#gold + this.#predicted);
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [file] = process.argv.slice(2);
  if (file === undefined) {
    process.stderr.write('Usage: node tools/run.mjs tools/tour/recompute-f1.ts FILE\n');
    process.exit(2);
  }
  process.stdout.write(`${JSON.stringify(recompute(readFileSync(file, 'utf8')))}\n`);
}
