import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { attributesOf } from '../features/dataset.ts';
import { benchV1Templates } from '../features/default-templates.ts';
import { extract } from '../features/extract.ts';
import { readCrfsuiteData } from '../features/iwa.ts';
import { Vocabulary } from '../features/vocabulary.ts';
import { createRandom } from '../metrics/random.ts';
import { buildFeatureTable } from './feature-table.ts';
import { TrainingSpace } from './space.ts';

const word = fc.constantFrom('asthma', 'Severe', 'mg', '5', 'of', 'IL-2', 'salbutamol');
const label = fc.constantFrom('O', 'B-D', 'I-D', 'B-T');
const sentence = fc
  .array(fc.tuple(word, label), { minLength: 1, maxLength: 4 })
  .map((pairs) => ({ tokens: pairs.map(([token]) => token), tags: pairs.map(([, tag]) => tag) }));
const corpus = fc.array(sentence, { minLength: 1, maxLength: 4 });

function randomPoint(size: number, seed: number): Float64Array {
  const random = createRandom(seed);
  return Float64Array.from({ length: size }, () => random() * 2 - 1);
}

/** Loss and gradient at a point. */
function evaluateAt(space: TrainingSpace, x: Float64Array): { value: number; gradient: Float64Array } {
  space.weights.set(x);
  const { value } = space.evaluate();
  return { value, gradient: space.allVectors[2]!.slice() };
}

describe('TrainingSpace', () => {
  it('has the loss of brute force', () => {
    fc.assert(
      fc.property(corpus, fc.integer(), fc.boolean(), fc.boolean(), (sentences, seed, dense, simd) => {
        const data = extract(sentences, benchV1Templates, new Vocabulary());
        const table = buildFeatureTable(data, { possibleStates: dense, possibleTransitions: dense });
        const objective = new TrainingSpace(data, table, 0.5, 1, { simd });
        const x = randomPoint(objective.size, seed);
        const labels = data.labels.length;
        const state = (token: number, tag: number): number => {
          let score = 0;
          for (const { attribute, value } of attributesOf(data, token)) {
            for (let f = table.stateStarts[attribute]!; f < table.stateStarts[attribute + 1]!; f++) {
              if (table.stateLabels[f] === tag) score += value * x[f]!;
            }
          }
          return score;
        };
        const pair = new Float64Array(labels * labels);
        for (let index = 0; index < table.transitions.length; index += 2) {
          pair[table.transitions[index]! * labels + table.transitions[index + 1]!] =
            x[table.stateLabels.length + index / 2]!;
        }
        let loss = 0.5 * x.reduce((sum, value) => sum + value * value, 0);
        for (let s = 0; s + 1 < data.sentenceStarts.length; s++) {
          const from = data.sentenceStarts[s]!;
          const length = data.sentenceStarts[s + 1]! - from;
          let partition = 0;
          let gold = 0;
          for (let code = 0; code < labels ** length; code++) {
            let score = 0;
            let isGold = true;
            let before = -1;
            for (let t = 0, rest = code; t < length; t++, rest = Math.floor(rest / labels)) {
              const tag = rest % labels;
              score += state(from + t, tag) + (before < 0 ? 0 : pair[before * labels + tag]!);
              isGold &&= data.gold[from + t] === tag;
              before = tag;
            }
            partition += Math.exp(score);
            if (isGold) gold = score;
          }
          loss += Math.log(partition) - gold;
        }
        expect(evaluateAt(objective, x).value).toBeCloseTo(loss, 8);
      }),
      { numRuns: 40 },
    );
  });

  it('has the gradient of finite differences, with real-valued attributes too', () => {
    const data = readCrfsuiteData('A\tx:2\ty\nB\ty:-0.5\tz\n\nB\tx\tx\nA\tz:0.25\nA\ty\n');
    const table = buildFeatureTable(data, { possibleStates: true, possibleTransitions: true });
    for (const summation of ['blocked', 'sequential'] as const) {
      const objective = new TrainingSpace(data, table, 0.3, 1, { summation });
      const x = randomPoint(objective.size, 7);
      const { gradient } = evaluateAt(objective, x);
      for (let index = 0; index < x.length; index++) {
        const h = 1e-5;
        const shifted = x.slice();
        shifted[index] = x[index]! + h;
        const above = evaluateAt(objective, shifted).value;
        shifted[index] = x[index]! - h;
        const below = evaluateAt(objective, shifted).value;
        expect((above - below) / (2 * h)).toBeCloseTo(gradient[index]!, 6);
      }
    }
  });

  it('refuses weights that are not finite', () => {
    const data = readCrfsuiteData('A\tx\nB\ty\n');
    const objective = new TrainingSpace(data, buildFeatureTable(data), 1, 1);
    const x = new Float64Array(objective.size).fill(NaN);
    expect(() => evaluateAt(objective, x)).toThrow(/finite/);
  });
});
