/**
 * Training wall time against CRFsuite in the same run: BC5CDR train + devel, bench-v1 attributes, L2 with c2 = 1, 100
 * iterations of L-BFGS. Ours runs from tokens in memory to a saved model, attributes included; CRFsuite's attributes
 * are made beforehand and only its append and train are timed.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { benchV1Templates } from '../features/default-templates.ts';
import { extract } from '../features/extract.ts';
import { Vocabulary } from '../features/vocabulary.ts';
import type { KernelThreads } from '../kernel/threads.ts';
import { encodeModel } from '../model/native-codec.ts';
import { createTrainer } from '../training/trainer.ts';
import { loadPeer, peerSentences } from './peer.ts';
import { rounds, secondsOf, type Report } from './rounds.ts';
import { readBc5cdr } from './shared-data.ts';
import { openThreads } from './thread-port.ts';

const iterations = 100;

export default async function train(report: Report): Promise<void> {
  const sentences = [...readBc5cdr('train'), ...readBc5cdr('devel')];
  const peer = await loadPeer();
  const prepared = peerSentences(sentences);
  const folder = mkdtempSync(join(tmpdir(), 'medspan-bench-'));
  const port = openThreads(1);
  const ours = (threads?: KernelThreads): void => {
    const dataset = extract(sentences, benchV1Templates, new Vocabulary());
    const trainer = createTrainer(dataset, {
      c2: 1,
      maximumIterations: iterations,
      templateSet: benchV1Templates,
      threads,
    });
    while (!trainer.step().done);
    writeFileSync(join(folder, 'ours.model'), encodeModel(trainer.model()));
  };
  const theirs = (): void => {
    const trainer = new peer.Trainer();
    trainer.set_params({ c1: '0', c2: '1', max_iterations: String(iterations) });
    for (const { attributes, labels } of prepared) trainer.append(attributes, labels);
    trainer.train(join(folder, 'theirs.model'));
  };
  const samples: Record<'peer' | 'one' | 'two', number[]> = { peer: [], one: [], two: [] };
  try {
    for (let round = 0; round < rounds; round++) {
      const sides = [
        async () => samples.peer.push(await secondsOf(theirs)),
        async () => samples.one.push(await secondsOf(() => ours())),
        async () => samples.two.push(await secondsOf(() => ours(port))),
      ];
      for (const side of round % 2 === 0 ? sides : sides.toReversed()) await side();
    }
  } finally {
    await port.close();
    rmSync(folder, { recursive: true, force: true });
  }
  const seconds = (figure: string, values: number[]): void =>
    report({ figure, samples: values, unit: 's', better: 'lower' });
  seconds('crfsuite-seconds', samples.peer);
  seconds('seconds-1-thread', samples.one);
  seconds('seconds-2-threads', samples.two);
  const ratio = (values: number[]): number[] => values.map((value, index) => samples.peer[index]! / value);
  report({
    figure: 'wall-ratio-2-threads',
    samples: ratio(samples.two),
    unit: 'x',
    better: 'higher',
    target: 10,
  });
  report({
    figure: 'wall-ratio-1-thread',
    samples: ratio(samples.one),
    unit: 'x',
    better: 'higher',
    target: 5,
  });
}
