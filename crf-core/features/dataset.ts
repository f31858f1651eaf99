import { CrfError } from '../errors.ts';
import type { Vocabulary } from './vocabulary.ts';

/**
 * Sentences turned into numbers, in two levels. A *bundle* is a set of attributes that always occur together, such
 * as all that is asked of the token type "aspirin" at offset -1; a token holds a few bundles, a bundle many
 * attributes. Scoring and gradients work by bundle, which is several times less work than by attribute.
 */
export interface Dataset {
  readonly vocabulary: Vocabulary;
  /** Tag of each label id. */
  readonly labels: readonly string[];
  /** Sentence i holds tokens `[sentenceStarts[i], sentenceStarts[i + 1])`. */
  readonly sentenceStarts: Int32Array;
  /** Token t holds `tokenBundles[tokenStarts[t] .. tokenStarts[t + 1])`. */
  readonly tokenStarts: Int32Array;
  readonly tokenBundles: Int32Array;
  /** Bundle b holds `bundleAttributes[bundleStarts[b] .. bundleStarts[b + 1])`. */
  readonly bundleStarts: Int32Array;
  readonly bundleAttributes: Int32Array;
  /** Value of each entry of `bundleAttributes`; null when all are 1. */
  readonly bundleValues: Float64Array | null;
  /** Gold label id of each token; -1 where unlabelled. */
  readonly gold: Int32Array;
}

/** Tokens of the dataset. */
export const tokenCount = (dataset: Dataset): number => dataset.tokenStarts.length - 1;
/** Sentences of the dataset. */
export const sentenceCount = (dataset: Dataset): number => dataset.sentenceStarts.length - 1;
/** Bundles of the dataset. */
export const bundleCount = (dataset: Dataset): number => dataset.bundleStarts.length - 1;

/** One entry of the plain view: an attribute id and its value. */
export interface AttributeEntry {
  readonly attribute: number;
  readonly value: number;
}

/** The attributes of one token, bundles opened: the view for people and for exports. */
export function attributesOf(dataset: Dataset, token: number): AttributeEntry[] {
  const entries: AttributeEntry[] = [];
  for (let at = dataset.tokenStarts[token]!; at < dataset.tokenStarts[token + 1]!; at++) {
    const bundle = dataset.tokenBundles[at]!;
    for (let index = dataset.bundleStarts[bundle]!; index < dataset.bundleStarts[bundle + 1]!; index++) {
      entries.push({
        attribute: dataset.bundleAttributes[index]!,
        value: dataset.bundleValues?.[index] ?? 1,
      });
    }
  }
  return entries;
}

/** How many attributes of each template stand in the dataset, counted by occurrence. */
export function countByTemplate(dataset: Dataset): Record<string, number> {
  const uses = new Float64Array(bundleCount(dataset));
  for (const bundle of dataset.tokenBundles) uses[bundle] = uses[bundle]! + 1;
  const counts = new Float64Array(dataset.vocabulary.slots.length);
  for (let bundle = 0; bundle < uses.length; bundle++) {
    for (let index = dataset.bundleStarts[bundle]!; index < dataset.bundleStarts[bundle + 1]!; index++) {
      const slot = dataset.vocabulary.slotOf(dataset.bundleAttributes[index]!);
      counts[slot] = counts[slot]! + uses[bundle]!;
    }
  }
  const result: Record<string, number> = {};
  dataset.vocabulary.slots.forEach((slot, index) => {
    result[slot.template] = (result[slot.template] ?? 0) + counts[index]!;
  });
  return result;
}

/** Nothing to learn from is an error, said before any work is done. */
export function requireTrainable(dataset: Dataset): void {
  if (tokenCount(dataset) === 0) {
    throw new CrfError(
      'CRF_DATA_INVALID',
      'The training data holds no token. Add at least one tagged sentence.',
    );
  }
  if (dataset.labels.length === 0 || dataset.gold.every((label) => label < 0)) {
    throw new CrfError('CRF_DATA_INVALID', 'The training data holds no label. Tag at least one sentence.');
  }
}
