import type { ImportedSpan } from '../annotation-ports.ts';

/** Joins tokens by one space, and lines of tokens by a line break, keeping where each token came to stand. */
export function joinTokens(lines: readonly (readonly string[])[]): { text: string; offsets: Uint32Array } {
  let count = 0;
  for (const line of lines) count += line.length;
  const offsets = new Uint32Array(count * 2);
  let position = 0;
  let index = 0;
  for (const line of lines) {
    for (const token of line) {
      offsets[index++] = position;
      offsets[index++] = position + token.length;
      position += token.length + 1;
    }
  }
  return { text: lines.map((line) => line.join(' ')).join('\n'), offsets };
}

/** A stretch of tokens that bears one label: token indices, end exclusive. */
export interface TokenRun {
  readonly label: string;
  readonly start: number;
  readonly end: number;
}

export function spanOfRun(run: TokenRun, offsets: Uint32Array): ImportedSpan {
  return { label: run.label, start: offsets[run.start * 2] ?? 0, end: offsets[run.end * 2 - 1] ?? 0 };
}

/** Runs of one and the same label, as corpora without B- and I- mean them. */
export function runsOfLabels(labels: readonly string[]): TokenRun[] {
  const runs: TokenRun[] = [];
  for (let start = 0; start < labels.length;) {
    const label = labels[start] ?? 'O';
    let end = start + 1;
    while (end < labels.length && labels[end] === label) end++;
    if (label !== 'O') runs.push({ label, start, end });
    start = end;
  }
  return runs;
}
