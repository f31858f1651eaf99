import { describe, expect, it } from 'vitest';
import { hasSharedData, readShared, readSharedBytes } from '../bench/shared-data.ts';
import { CrfError } from '../errors.ts';
import { readCrfsuiteData } from '../features/iwa.ts';
import { buildLattice, pathScore, viterbi } from '../inference/lattice.ts';
import { createRandom } from '../metrics/random.ts';
import { decodeDataset, scoreBundles, scoreSentence } from '../training/evaluate-dev.ts';
import { createTrainer } from '../training/trainer.ts';
import { decodeCrfsuiteModel, encodeCrfsuiteModel } from './crfsuite-codec.ts';

describe('CRFsuite model codec', () => {
  it.skipIf(!hasSharedData)('reads and writes the reference model without changing a byte', () => {
    const bytes = readSharedBytes('crfsuite/behealthy.crfsuite.gz');
    const model = decodeCrfsuiteModel(bytes);
    expect(model.labels).toEqual(
      ['O', 'T', 'D'].toSorted((a, b) => model.labels.indexOf(a) - model.labels.indexOf(b)),
    );
    expect(Buffer.compare(encodeCrfsuiteModel(model), bytes)).toBe(0);
  });

  it.skipIf(!hasSharedData)("tags as CRFsuite's own tagger does, probabilities included", () => {
    const model = decodeCrfsuiteModel(readSharedBytes('crfsuite/behealthy.crfsuite.gz'));
    const data = readCrfsuiteData(
      readShared('crfsuite/behealthy.test.iwa.gz'),
      model.attributes,
      model.labels,
    );
    const blocks = readShared('crfsuite/behealthy.test.tags.gz').trim().split('\n\n');
    const rows = scoreBundles(model, data);
    const ours = decodeDataset(model, data);
    expect(ours).toHaveLength(blocks.length);
    blocks.forEach((block, sentence) => {
      const lines = block.split('\n');
      expect(ours[sentence]).toEqual(lines.slice(2));
      const scores = scoreSentence(data, rows, 3, sentence);
      const { transitions } = model.weights;
      const length = lines.length - 2;
      const path = viterbi(scores, length, transitions, 3, null)!.labels;
      const lattice = buildLattice(scores, length, transitions, 3, null)!;
      const score = pathScore(scores, transitions, 3, path);
      const [, expectedScore = '', expectedNorm = ''] = lines[0]!.split('\t');
      expect(Math.abs(score - Number(expectedScore))).toBeLessThan(2e-6);
      expect(Math.abs(lattice.logPartition - Number(expectedNorm))).toBeLessThan(2e-6);
      expect(
        Math.abs(Math.exp(score - lattice.logPartition) - Number(lines[1]!.split('\t')[1])),
      ).toBeLessThan(2e-6);
    });
  });

  const trainer = createTrainer(readCrfsuiteData('A\tx\ty\nB\tz\n\nB\ty\tsch\u00f6n\nA\tz\n'), {
    maximumIterations: 10,
  });
  while (!trainer.step().done);
  const bytes = encodeCrfsuiteModel(trainer.model());

  it('names an error for every truncation', () => {
    for (let length = 0; length < bytes.length; length++) {
      expect(() => decodeCrfsuiteModel(bytes.subarray(0, length))).toThrow(CrfError);
    }
  });

  it('survives flipped bits with a named error or a model', () => {
    const random = createRandom(11);
    for (let round = 0; round < 20_000; round++) {
      const damaged = bytes.slice();
      const flips = 1 + Math.floor(random() * 3);
      for (let flip = 0; flip < flips; flip++) {
        damaged[Math.floor(random() * damaged.length)]! ^= 1 << Math.floor(random() * 8);
      }
      try {
        expect(decodeCrfsuiteModel(damaged).labels.length).toBeGreaterThan(0);
      } catch (error) {
        expect(error).toBeInstanceOf(CrfError);
      }
    }
  });
});
