import { describe, expect, it } from 'vitest';
import { hasSharedData, readShared } from '../bench/shared-data.ts';
import { extract } from '../features/extract.ts';
import { benchV1Templates } from '../features/default-templates.ts';
import { readCrfsuiteData } from '../features/iwa.ts';
import { Vocabulary } from '../features/vocabulary.ts';
import { decodeModel, encodeModel } from '../model/native-codec.ts';
import { decodeDataset } from './evaluate-dev.ts';
import { createTrainer } from './trainer.ts';

const sentences = [
  { tokens: ['Asthma', 'was', 'treated', 'with', 'salbutamol'], tags: ['B-D', 'O', 'O', 'O', 'B-T'] },
  { tokens: ['Severe', 'asthma', 'persists'], tags: ['B-D', 'I-D', 'O'] },
  { tokens: ['No', 'change'], tags: ['O', 'O'] },
];
const dataset = () => extract(sentences, benchV1Templates, new Vocabulary());
const options = { scheme: 'IOB2', templateSet: benchV1Templates, maximumIterations: 30 } as const;

describe('createTrainer', () => {
  it.skipIf(!hasSharedData)(
    'follows the reference loss of CRFsuite on BeHealthy',
    () => {
      const reference = readShared('crfsuite/behealthy.lbfgs-c2_1.tsv').trim().split('\n').slice(1);
      const data = readCrfsuiteData(readShared('crfsuite/behealthy.train.iwa.gz'));
      const trainer = createTrainer(data, { c2: 1, maximumIterations: 40, summation: 'sequential' });
      expect(trainer.size).toBe(148735);
      for (const row of reference) {
        const expected = Number(row.split('\t')[1]);
        const { loss } = trainer.step();
        expect(Math.abs(loss - expected) / expected).toBeLessThan(5e-7);
      }
    },
    60_000,
  );

  it('gives the same bits twice and after a checkpoint', () => {
    const first = createTrainer(dataset(), options);
    for (let index = 0; index < 5; index++) first.step();
    const second = createTrainer(dataset(), options);
    second.restore(first.checkpoint());
    let last = first.step();
    while (!last.done) last = first.step();
    let again = second.step();
    while (!again.done) again = second.step();
    expect(again).toEqual(last);
    expect(second.weights()).toEqual(first.weights());
  });

  it('learns passive-aggressively, repeats itself and resumes', () => {
    const algorithm = { ...options, algorithm: 'passive-aggressive', maximumIterations: 6, seed: 3 } as const;
    const first = createTrainer(dataset(), algorithm);
    for (let index = 0; index < 2; index++) first.step();
    const second = createTrainer(dataset(), algorithm);
    second.restore(first.checkpoint());
    while (!first.step().done);
    while (!second.step().done);
    expect(second.weights()).toEqual(first.weights());
    const predicted = decodeDataset(first.model(), dataset());
    expect(predicted).toEqual(sentences.map(({ tags }) => tags));
    expect(() => createTrainer(dataset(), { ...algorithm, aggressiveness: 0 })).toThrow(/aggressiveness/);
  });

  it('refuses data without tokens, labels or with gaps', () => {
    expect(() => createTrainer(extract([], benchV1Templates, new Vocabulary()))).toThrow(/no token/);
    const untagged = extract([{ tokens: ['a'] }], benchV1Templates, new Vocabulary());
    expect(() => createTrainer(untagged)).toThrow(/no label/);
    const gaps = extract([{ tokens: ['a', 'b'], tags: ['O', null] }], benchV1Templates, new Vocabulary());
    expect(() => createTrainer(gaps)).toThrow(/no tag/);
  });

  it('round-trips a model through bytes', () => {
    const trainer = createTrainer(dataset(), options);
    while (!trainer.step().done);
    const bytes = encodeModel(trainer.model());
    const again = encodeModel(decodeModel(bytes));
    expect(Buffer.from(again).equals(Buffer.from(bytes))).toBe(true);
  });
});
