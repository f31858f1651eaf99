import { CrfError } from '../errors.ts';
import type { Dataset } from '../features/dataset.ts';
import { bundleCount } from '../features/dataset.ts';
import { extract } from '../features/extract.ts';
import { viterbi } from '../inference/lattice.ts';
import { evaluateTags, type Evaluation } from '../metrics/scores.ts';
import type { CrfModel } from '../model/crf-model.ts';
import { legalTransitions } from '../text/schemes.ts';

/** A sentence with gold tags, held out. */
export interface GoldSentence {
  readonly tokens: readonly string[];
  readonly tags: readonly string[];
}

/** Extraction of held-out sentences, kept as long as the caller keeps the sentences. */
const extracted = new WeakMap<
  readonly GoldSentence[],
  { readonly owner: unknown; readonly dataset: Dataset }
>();

function datasetFor(model: CrfModel, sentences: readonly GoldSentence[]): Dataset {
  const known = extracted.get(sentences);
  if (known !== undefined && known.owner === model.attributes) return known.dataset;
  if (model.templateSet === null) {
    throw new CrfError('CRF_TEMPLATE_INVALID', 'The model has no templates, so it cannot tag text.');
  }
  const bare = sentences.map(({ tokens }) => ({ tokens }));
  const dataset = extract(bare, model.templateSet, model.attributes.freeze());
  extracted.set(sentences, { owner: model.attributes, dataset });
  return dataset;
}

/** Scores of every bundle of a dataset, `[bundle * L + label]`. */
export function scoreBundles(model: CrfModel, dataset: Dataset): Float64Array {
  const size = model.labels.length;
  const { stateStarts, stateLabels, stateWeights } = model.weights;
  const rows = new Float64Array(bundleCount(dataset) * size);
  for (let bundle = 0; bundle < bundleCount(dataset); bundle++) {
    for (let at = dataset.bundleStarts[bundle]!; at < dataset.bundleStarts[bundle + 1]!; at++) {
      const attribute = dataset.bundleAttributes[at]!;
      const value = dataset.bundleValues?.[at] ?? 1;
      for (let f = stateStarts[attribute]!; f < stateStarts[attribute + 1]!; f++) {
        rows[bundle * size + stateLabels[f]!]! += value * stateWeights[f]!;
      }
    }
  }
  return rows;
}

/** State scores of one sentence, `[t * L + label]`, from the rows of {@link scoreBundles}. */
export function scoreSentence(
  dataset: Dataset,
  rows: Float64Array,
  size: number,
  sentence: number,
): Float64Array {
  const from = dataset.sentenceStarts[sentence]!;
  const length = dataset.sentenceStarts[sentence + 1]! - from;
  const scores = new Float64Array(length * size);
  for (let t = 0; t < length; t++) {
    for (let at = dataset.tokenStarts[from + t]!; at < dataset.tokenStarts[from + t + 1]!; at++) {
      const row = dataset.tokenBundles[at]! * size;
      for (let label = 0; label < size; label++) scores[t * size + label]! += rows[row + label]!;
    }
  }
  return scores;
}

/** Best legal labels of every sentence of an extracted dataset. */
export function decodeDataset(model: CrfModel, dataset: Dataset): string[][] {
  const size = model.labels.length;
  const { transitions } = model.weights;
  const rows = scoreBundles(model, dataset);
  const legal = legalTransitions(model.labels, model.scheme);
  const result: string[][] = [];
  for (let sentence = 0; sentence + 1 < dataset.sentenceStarts.length; sentence++) {
    const length = dataset.sentenceStarts[sentence + 1]! - dataset.sentenceStarts[sentence]!;
    const scores = scoreSentence(dataset, rows, size, sentence);
    const best =
      viterbi(scores, length, transitions, size, legal) ?? viterbi(scores, length, transitions, size, null)!;
    result.push(Array.from(best.labels, (label) => model.labels[label]!));
  }
  return result;
}

/**
 * Tags held-out sentences with a model and scores them: what a live dev-F1 chart shows. Called again with the same
 * array of sentences it only scores anew; what was extracted is kept.
 */
export function evaluateDev(model: CrfModel, sentences: readonly GoldSentence[]): Evaluation {
  const predicted = decodeDataset(model, datasetFor(model, sentences));
  let next = 0;
  return evaluateTags(
    sentences.map(({ tokens, tags }) => ({
      gold: tags,
      predicted: tokens.length === 0 ? [] : predicted[next++]!,
    })),
    model.scheme,
  );
}
