import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createRandom } from '../../crf-core/index.ts';
import type { Split } from '../api/corpus.ts';
import type { TestWorkspace } from '../engine/test-workspace.ts';

const stems = [
  'card',
  'neur',
  'hepat',
  'gastr',
  'nephr',
  'dermat',
  'arthr',
  'oste',
  'my',
  'bronch',
  'vascul',
  'phleb',
];
const illnesses = ['itis', 'opathy', 'oma', 'osis'];
const drugs = ['azole', 'mycin', 'pril', 'olol'];
const openings = ['The patient with', 'History of', 'Follow-up for', 'A man with', 'She reports'];
const links = ['was given', 'improved on', 'received', 'was started on', 'did not tolerate'];

/** Seeded notes, one sentence each, in which a disease and a treatment stand; easy to learn, not trivial. */
export function writeNotes(folder: string, part: 'train' | 'test', count: number, seed: number): void {
  const random = createRandom(seed);
  const pick = (from: readonly string[]): string => from[Math.floor(random() * from.length)] ?? '';
  const sentences: string[] = [];
  const labels: string[] = [];
  for (let note = 0; note < count; note += 1) {
    const tokens: string[] = [];
    const tags: string[] = [];
    const add = (words: string, tag: string): void => {
      for (const word of words.split(' ')) {
        tokens.push(word);
        tags.push(tag);
      }
    };
    add(pick(openings), 'O');
    if (random() < 0.5) add('chronic', 'D');
    add(pick(stems) + pick(illnesses), 'D');
    add(pick(links), 'O');
    add(pick(stems) + pick(drugs), 'T');
    add(`${String(Math.floor(random() * 90) + 10)} mg .`, 'O');
    sentences.push(tokens.join('\n'));
    labels.push(tags.join('\n'));
  }
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, `${part}_sent`), `${sentences.join('\n\n')}\n`);
  writeFileSync(join(folder, `${part}_label`), `${labels.join('\n\n')}\n`);
}

/** Imports a folder of token pairs as a corpus of its own. */
export async function importNotes(workspace: TestWorkspace, source: string, name: string): Promise<number> {
  const { corpus } = workspace.services;
  const { id: corpusId } = corpus.createCorpus(name);
  await corpus.importFiles({
    corpusId,
    paths: [source],
    format: 'token-pairs',
    labels: { D: { action: 'map', label: 'Disease' }, T: { action: 'map', label: 'Treatment' } },
  });
  return corpusId;
}

/** Freezes a corpus and takes the parts of the source, a tenth of train as dev. */
export async function splitBySource(workspace: TestWorkspace, corpusId: number, dev = 0.1): Promise<Split> {
  const { corpus } = workspace.services;
  const snapshot = await corpus.createSnapshot({ corpusId, name: 'v1' });
  return corpus.createSplit({
    snapshotId: snapshot.id,
    name: 'source parts',
    seed: 1,
    method: 'source',
    shares: { train: 1 - dev, dev, test: 0 },
  });
}

/** Imports seeded notes, freezes them and takes the parts of the source. */
export async function makeSplit(
  workspace: TestWorkspace,
  trainNotes?: number,
  testNotes?: number,
  frozen?: true,
): Promise<Split>;
export async function makeSplit(
  workspace: TestWorkspace,
  trainNotes: number | undefined,
  testNotes: number | undefined,
  frozen: false,
): Promise<null>;
export async function makeSplit(
  workspace: TestWorkspace,
  trainNotes = 120,
  testNotes = 40,
  frozen = true,
): Promise<Split | null> {
  const folder = mkdtempSync(join(tmpdir(), 'medspan-training-'));
  try {
    const source = join(folder, 'notes');
    writeNotes(source, 'train', trainNotes, 1);
    writeNotes(source, 'test', testNotes, 2);
    const corpusId = await importNotes(workspace, source, 'Notes');
    return frozen ? await splitBySource(workspace, corpusId, 0.2) : null;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
