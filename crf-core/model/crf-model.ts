import { CrfError } from '../errors.ts';
import type { TemplateSet } from '../features/template-set.ts';
import type { Vocabulary } from '../features/vocabulary.ts';
import type { TagScheme } from '../text/schemes.ts';

/**
 * A trained linear-chain CRF: score(y | x) = Σ_t Σ_a w[a, y_t] + Σ_t w[y_{t−1}, y_t].
 * `templateSet` is null for a model that came with attributes of its own (CRFsuite); it can tag such attributes only.
 */
export interface CrfModel {
  /** Tag of each label id. */
  readonly labels: readonly string[];
  readonly scheme: TagScheme;
  readonly templateSet: TemplateSet | null;
  /** The attributes, frozen. */
  readonly attributes: Vocabulary;
  readonly weights: CrfWeights;
}

/**
 * Weights: those of attribute a are `stateWeights[f]` for label `stateLabels[f]`,
 * f in `[stateStarts[a], stateStarts[a + 1])`; transitions are dense, `[from * L + to]`.
 */
export interface CrfWeights {
  readonly stateStarts: Int32Array;
  readonly stateLabels: Uint16Array;
  readonly stateWeights: Float64Array;
  readonly transitions: Float64Array;
}

/**
 * Checks that a model's parts fit together and that every number is finite.
 * @throws CrfError CRF_MODEL_CORRUPT, CRF_NOT_FINITE
 */
export function checkModel(model: CrfModel): void {
  const { labels, attributes, weights } = model;
  const corrupt = (what: string): never => {
    throw new CrfError('CRF_MODEL_CORRUPT', `The model is damaged: ${what}. Load another copy.`);
  };
  const { stateStarts, stateLabels, stateWeights, transitions } = weights;
  if (labels.length === 0) corrupt('it has no labels');
  if (new Set(labels).size !== labels.length) corrupt('a label stands twice');
  if (stateStarts.length !== attributes.size + 1) corrupt('attributes and weights differ in number');
  if (stateStarts[0] !== 0 || stateStarts[attributes.size] !== stateLabels.length)
    corrupt('weights do not line up');
  if (stateWeights.length !== stateLabels.length) corrupt('weights and labels differ in number');
  if (transitions.length !== labels.length * labels.length) corrupt('transitions do not fit the labels');
  for (let index = 0; index < attributes.size; index++) {
    if (stateStarts[index + 1]! < stateStarts[index]!) corrupt('weights do not line up');
  }
  for (let index = 0; index < stateLabels.length; index++) {
    if (stateLabels[index]! >= labels.length) corrupt('a weight of no label');
    if (!Number.isFinite(stateWeights[index]!)) {
      throw new CrfError(
        'CRF_NOT_FINITE',
        'The model holds a weight that is not a finite number. Train it again.',
      );
    }
  }
  if (!transitions.every((weight) => Number.isFinite(weight))) {
    throw new CrfError(
      'CRF_NOT_FINITE',
      'The model holds a transition that is not a finite number. Train it again.',
    );
  }
}
