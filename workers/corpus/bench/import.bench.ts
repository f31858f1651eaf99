/** What an import costs: MB a second of plain notes and of token pairs, memory, and how long others wait for it. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { ImportResult } from '../import/run-import.ts';
import { openTestWorkspace } from '../../engine/test-workspace.ts';

interface Figure {
  readonly figure: string;
  readonly value?: number;
  readonly samples?: readonly number[];
  readonly unit: string;
  readonly better: 'higher' | 'lower';
  readonly target?: number;
}

const plainMegabytes = 40;
const rounds = 3;

export default async function importBench(report: (figure: Figure) => void): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'medspan-bench-import-'));
  try {
    const plain = join(folder, 'notes.jsonl');
    const characters = writePlainNotes(plain);
    const pairs = join(folder, 'pairs');
    mkdirSync(pairs);
    const pairCharacters = writePairs(pairs);
    const before = process.resourceUsage().maxRSS;
    const holds: number[] = [];
    const plainSpeed: number[] = [];
    const pairSpeed: number[] = [];
    const delay = monitorEventLoopDelay({ resolution: 5 });
    delay.enable();
    for (let round = 0; round < rounds; round++) {
      plainSpeed.push(await measure('jsonl', plain, characters, holds));
      pairSpeed.push(await measure('token-pairs', pairs, pairCharacters, holds));
    }
    delay.disable();
    report({
      figure: 'plain-mb-per-second',
      samples: plainSpeed,
      unit: 'MB/s',
      better: 'higher',
      target: 20,
    });
    report({ figure: 'token-pairs-mb-per-second', samples: pairSpeed, unit: 'MB/s', better: 'higher' });
    report({
      figure: 'peak-memory-mb',
      value: (process.resourceUsage().maxRSS - before) / 1024,
      unit: 'MB',
      better: 'lower',
      target: 600,
    });
    report({ figure: 'longest-writer-hold-ms', samples: holds, unit: 'ms', better: 'lower', target: 20 });
    report({
      figure: 'event-loop-delay-p99-ms',
      value: delay.percentile(99) / 1e6,
      unit: 'ms',
      better: 'lower',
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Imports a path into a fresh workspace on disk. Returns MB of text a second, from the call to visible notes. */
async function measure(
  format: 'jsonl' | 'token-pairs',
  path: string,
  characters: number,
  holds: number[],
): Promise<number> {
  const workspace = await openTestWorkspace({ threads: 'none' });
  try {
    const { id: corpusId } = workspace.services.corpus.createCorpus('Bench');
    const labels = {
      D: { action: 'map', label: 'Disease' },
      T: { action: 'map', label: 'Treatment' },
    } as const;
    const began = performance.now();
    const result: ImportResult = await workspace.services.corpus.importFiles({
      corpusId,
      paths: [path],
      format,
      labels,
    });
    const seconds = (performance.now() - began) / 1000;
    if (result.rejected > 0) throw new Error('the bench made a file that is rejected');
    holds.push(result.longestHold);
    return characters / 1e6 / seconds;
  } finally {
    await workspace.close();
  }
}

/** Notes of some 2,000 characters, each different. */
function writePlainNotes(path: string): number {
  const lines: string[] = [];
  let characters = 0;
  for (let index = 0; characters < plainMegabytes * 1e6; index++) {
    const text = Array.from(
      { length: 36 },
      (_, line) => `Line ${String(line)} of note ${String(index)}: seen, stable, to be seen again.`,
    ).join('\n');
    characters += text.length;
    lines.push(JSON.stringify({ id: `n${String(index)}`, text }));
  }
  writeFileSync(path, lines.join('\n'));
  return characters;
}

/** Sentences of 25 tokens with two spans, about as BeHealthy has them. */
function writePairs(folder: string): number {
  const tokens: string[] = [];
  const labels: string[] = [];
  for (let sentence = 0; sentence < 8000; sentence++) {
    for (let token = 0; token < 25; token++) {
      tokens.push(token === 3 ? `drug${String(sentence)}` : `word${String((sentence * 7 + token) % 977)}`);
      labels.push(token === 3 ? 'T' : token === 10 || token === 11 ? 'D' : 'O');
    }
    tokens.push('');
    labels.push('');
  }
  const text = tokens.join('\n');
  writeFileSync(join(folder, 'pairs_sent'), text);
  writeFileSync(join(folder, 'pairs_label'), labels.join('\n'));
  return text.length;
}
