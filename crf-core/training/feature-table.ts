import type { Dataset } from '../features/dataset.ts';
import { bundleCount } from '../features/dataset.ts';

/** Which weights exist. */
export interface FeatureOptions {
  /** A weight for every label at every attribute, seen together or not. */
  readonly possibleStates?: boolean | undefined;
  /** A weight for every pair of labels, seen next to each other or not. */
  readonly possibleTransitions?: boolean | undefined;
  /** Leave out features seen less often than this. */
  readonly minimumFrequency?: number | undefined;
}

/**
 * The weights of a model and how often each was seen. Weight f < K belongs to the attribute whose range
 * `[stateStarts[a], stateStarts[a + 1])` holds f and to the label `stateLabels[f]`; the weights after them belong to
 * `transitions[2 i], transitions[2 i + 1]` (from, to).
 */
export interface FeatureTable {
  readonly labelCount: number;
  readonly attributeCount: number;
  readonly stateStarts: Int32Array;
  readonly stateLabels: Uint16Array;
  readonly transitions: Int32Array;
  /** Observed value of every feature in the gold labelling: Σ over tokens. */
  readonly observed: Float64Array;
}

/** Number of state features. */
export const stateFeatureCount = (table: FeatureTable): number => table.stateLabels.length;

/** Finds the features of a dataset, in the order attribute, label; then transitions in the order from, to. */
export function buildFeatureTable(dataset: Dataset, options: FeatureOptions = {}): FeatureTable {
  const labelCount = dataset.labels.length;
  const attributeCount = dataset.vocabulary.size;
  const minimum = options.minimumFrequency ?? 0;
  const bundleSeen = new Float64Array(bundleCount(dataset) * labelCount);
  for (let token = 0; token < dataset.gold.length; token++) {
    const label = dataset.gold[token]!;
    if (label < 0) continue;
    for (let at = dataset.tokenStarts[token]!; at < dataset.tokenStarts[token + 1]!; at++) {
      const cell = dataset.tokenBundles[at]! * labelCount + label;
      bundleSeen[cell] = bundleSeen[cell]! + 1;
    }
  }
  const seen = new Float64Array(attributeCount * labelCount);
  const touched = new Uint8Array(attributeCount * labelCount);
  for (let bundle = 0; bundle < bundleCount(dataset); bundle++) {
    for (let at = dataset.bundleStarts[bundle]!; at < dataset.bundleStarts[bundle + 1]!; at++) {
      const value = dataset.bundleValues?.[at] ?? 1;
      const row = dataset.bundleAttributes[at]! * labelCount;
      for (let label = 0; label < labelCount; label++) {
        const count = bundleSeen[bundle * labelCount + label]!;
        if (count === 0) continue;
        seen[row + label] = seen[row + label]! + count * value;
        touched[row + label] = 1;
      }
    }
  }
  const pairs = new Float64Array(labelCount * labelCount);
  for (let sentence = 0; sentence + 1 < dataset.sentenceStarts.length; sentence++) {
    for (let t = dataset.sentenceStarts[sentence]! + 1; t < dataset.sentenceStarts[sentence + 1]!; t++) {
      const from = dataset.gold[t - 1]!;
      const to = dataset.gold[t]!;
      if (from >= 0 && to >= 0) pairs[from * labelCount + to] = pairs[from * labelCount + to]! + 1;
    }
  }

  const keepState = (cell: number): boolean =>
    (options.possibleStates === true || touched[cell] === 1) && seen[cell]! >= minimum;
  let stateCount = 0;
  for (let cell = 0; cell < seen.length; cell++) if (keepState(cell)) stateCount++;
  const keptPairs: number[] = [];
  for (let cell = 0; cell < pairs.length; cell++) {
    if ((options.possibleTransitions === true || pairs[cell]! > 0) && pairs[cell]! >= minimum)
      keptPairs.push(cell);
  }
  const stateStarts = new Int32Array(attributeCount + 1);
  const stateLabels = new Uint16Array(stateCount);
  const observed = new Float64Array(stateCount + keptPairs.length);
  let next = 0;
  for (let attribute = 0; attribute < attributeCount; attribute++) {
    for (let label = 0; label < labelCount; label++) {
      const cell = attribute * labelCount + label;
      if (!keepState(cell)) continue;
      stateLabels[next] = label;
      observed[next++] = seen[cell]!;
    }
    stateStarts[attribute + 1] = next;
  }
  const transitions = new Int32Array(keptPairs.length * 2);
  keptPairs.forEach((cell, index) => {
    transitions[index * 2] = Math.floor(cell / labelCount);
    transitions[index * 2 + 1] = cell % labelCount;
    observed[stateCount + index] = pairs[cell]!;
  });
  return { labelCount, attributeCount, stateStarts, stateLabels, transitions, observed };
}
