import type { CrfModel, Dataset, TemplateSet } from '../../crf-core/index.ts';
import { extract, legalTransitions, readTags, scoreOf, tokenCount, viterbi } from '../../crf-core/index.ts';
import type { PreparedNote } from './prepared-notes.ts';
import { sentenceTokens } from './prepared-notes.ts';

/** Strict span score of the dev part at one point of training. */
export interface DevScore {
  readonly f1: number;
  readonly predicted: number;
}

/** Scores dev again and again with new weights: its attributes are extracted once. */
export interface DevScorer {
  score(model: CrfModel): DevScore;
}

export function createDevScorer(
  notes: readonly PreparedNote[],
  templates: TemplateSet,
  model: CrfModel,
): DevScorer {
  const sentences = notes.flatMap((note) => [...sentenceTokens(note)]);
  const data = extract(
    sentences.map(({ tokens }) => ({ tokens })),
    templates,
    model.attributes,
    { labels: model.labels },
  );
  const gold = sentences.map(({ from, to, note }) => goldKeys(note, from, to));
  const support = gold.reduce((sum, keys) => sum + keys.size, 0);
  const legal = legalTransitions(model.labels, model.scheme);

  return {
    score({ labels, scheme, weights }) {
      const scores = tokenScores(data, labels.length, weights);
      let predicted = 0;
      let correct = 0;
      gold.forEach((keys, index) => {
        const from = data.sentenceStarts[index] ?? 0;
        const length = (data.sentenceStarts[index + 1] ?? 0) - from;
        const rows = scores.subarray(from * labels.length, (from + length) * labels.length);
        const path =
          viterbi(rows, length, weights.transitions, labels.length, legal) ??
          viterbi(rows, length, weights.transitions, labels.length, null);
        const tags = Array.from(path?.labels ?? [], (label) => labels[label] ?? 'O');
        for (const span of readTags(tags, scheme)) {
          predicted += 1;
          if (keys.has(`${String(span.tokenStart)}:${String(span.tokenEnd)}:${span.label}`)) correct += 1;
        }
      });
      const { f1 } = scoreOf({
        truePositives: correct,
        falsePositives: predicted - correct,
        falseNegatives: support - correct,
      });
      return { f1, predicted };
    },
  };
}

/** Gold spans of a sentence as places of its own tokens. */
function goldKeys(note: PreparedNote, from: number, to: number): ReadonlySet<string> {
  const keys = new Set<string>();
  for (const { tokenStart, tokenEnd, label } of note.chain) {
    if (tokenStart < from || tokenStart >= to) continue;
    keys.add(`${String(tokenStart - from)}:${String(tokenEnd - from)}:${label}`);
  }
  return keys;
}

/** State scores of every token: bundles are scored once, tokens add them up. */
function tokenScores(data: Dataset, size: number, weights: CrfModel['weights']): Float64Array {
  const { stateStarts, stateLabels, stateWeights } = weights;
  const bundles = new Float64Array((data.bundleStarts.length - 1) * size);
  for (let bundle = 0; bundle + 1 < data.bundleStarts.length; bundle += 1) {
    const row = bundle * size;
    for (let at = data.bundleStarts[bundle]!; at < data.bundleStarts[bundle + 1]!; at += 1) {
      const attribute = data.bundleAttributes[at]!;
      for (let weight = stateStarts[attribute]!; weight < stateStarts[attribute + 1]!; weight += 1) {
        bundles[row + stateLabels[weight]!]! += stateWeights[weight]!;
      }
    }
  }
  const scores = new Float64Array(tokenCount(data) * size);
  for (let token = 0; token + 1 < data.tokenStarts.length; token += 1) {
    for (let at = data.tokenStarts[token]!; at < data.tokenStarts[token + 1]!; at += 1) {
      const row = data.tokenBundles[at]! * size;
      for (let label = 0; label < size; label += 1) scores[token * size + label]! += bundles[row + label]!;
    }
  }
  return scores;
}
