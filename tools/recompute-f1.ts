/**
 * `node tools/run.mjs tools/recompute-f1.ts FILE.tsv`: F1 of exported predictions, computed from nothing but the file.
 * It shares no code with the engine on purpose: who doubts a figure of the app checks it here.
 *
 * A line is `token TAB gold TAB predicted` with tags in IOB2; a blank line ends a sentence.
 */
import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';

export interface RecomputedF1 {
  readonly sentences: number;
  readonly tokens: number;
  readonly strictSpanF1: number;
  readonly tokenMicroF1: number;
  readonly spans: { readonly gold: number; readonly predicted: number; readonly correct: number };
  readonly labelledTokens: { readonly gold: number; readonly predicted: number; readonly correct: number };
}

export function recomputeF1(text: string): RecomputedF1 {
  const gold = new Set<string>();
  const predicted = new Set<string>();
  const labelled = { gold: 0, predicted: 0, correct: 0 };
  let sentences = 0;
  let tokens = 0;
  let rows: string[][] = [];

  const endSentence = (): void => {
    if (rows.length === 0) return;
    sentences += 1;
    for (const key of spanKeys(rows.map((row) => row[1] ?? ''))) gold.add(`${sentences} ${key}`);
    for (const key of spanKeys(rows.map((row) => row[2] ?? ''))) predicted.add(`${sentences} ${key}`);
    rows = [];
  };
  text.split('\n').forEach((line, index) => {
    if (line === '') return endSentence();
    const row = line.split('\t');
    if (row.length !== 3) {
      throw new Error(
        `line ${index + 1} has ${row.length} columns; token, gold and predicted tag are wanted`,
      );
    }
    rows.push(row);
    tokens += 1;
    const truth = (row[1] ?? '').slice(2);
    const guess = (row[2] ?? '').slice(2);
    if (truth !== '') labelled.gold += 1;
    if (guess !== '') labelled.predicted += 1;
    if (truth !== '' && truth === guess) labelled.correct += 1;
  });
  endSentence();

  const correct = [...predicted].filter((key) => gold.has(key)).length;
  return {
    sentences,
    tokens,
    strictSpanF1: harmonic(correct, gold.size, predicted.size),
    tokenMicroF1: harmonic(labelled.correct, labelled.gold, labelled.predicted),
    spans: { gold: gold.size, predicted: predicted.size, correct },
    labelledTokens: labelled,
  };
}

function harmonic(correct: number, gold: number, predicted: number): number {
  if (correct === 0) return 0;
  const precision = correct / predicted;
  const recall = correct / gold;
  return (2 * precision * recall) / (precision + recall);
}

/** `first-last label` of each span: a B- tag opens one, an I- tag of the same label carries it on. */
function spanKeys(tags: readonly string[]): string[] {
  const keys: string[] = [];
  for (let first = 0; first < tags.length; first += 1) {
    const tag = tags[first] ?? 'O';
    if (!tag.startsWith('B-')) continue;
    let last = first;
    while (tags[last + 1] === `I-${tag.slice(2)}`) last += 1;
    keys.push(`${first}-${last} ${tag.slice(2)}`);
  }
  return keys;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const file = process.argv[2];
  if (file === undefined) {
    process.stderr.write('Usage: recompute-f1.ts FILE.tsv\n');
    process.exit(2);
  }
  process.stdout.write(`${JSON.stringify(recomputeF1(readFileSync(file, 'utf8')))}\n`);
}
