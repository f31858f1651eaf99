import { CrfError } from '../errors.ts';
import type { Dataset } from '../features/dataset.ts';
import { requireTrainable } from '../features/dataset.ts';
import type { TemplateSet } from '../features/template-set.ts';
import type { CrfModel } from '../model/crf-model.ts';
import { readSections, writeSections } from '../model/sections.ts';
import type { TagScheme } from '../text/schemes.ts';
import type { FeatureOptions, FeatureTable } from './feature-table.ts';
import { buildFeatureTable } from './feature-table.ts';
import type { LbfgsOptions, LbfgsStep } from './lbfgs.ts';
import { Lbfgs, lbfgsSettings } from './lbfgs.ts';
import { planLayout } from '../kernel/layout.ts';
import { PassiveAggressive } from './passive-aggressive.ts';
import type { ComputeOptions } from './space.ts';
import { sizesOf, TrainingSpace } from './space.ts';

/** Settings of a training run. */
export interface TrainerOptions extends FeatureOptions, LbfgsOptions, ComputeOptions {
  /**
   * `lbfgs` (default) minimises the penalised log-likelihood; `passive-aggressive` learns sentence by sentence, comes
   * near its F1 in a fraction of the time and takes an epoch as one iteration (8 by default). Its spans' probabilities
   * are not calibrated.
   */
  readonly algorithm?: 'lbfgs' | 'passive-aggressive' | undefined;
  /** Passive–aggressive: greatest step of one sentence. Default 1. */
  readonly aggressiveness?: number | undefined;
  /** Passive–aggressive: seed of the order of sentences. Default 1. */
  readonly seed?: number | undefined;
  /** L2 penalty: c2 ‖w‖² is added to the loss, as in CRFsuite. Default 1. */
  readonly c2?: number | undefined;
  /** Scheme the dataset's tags are written in; stored with the model. Default IOB2. */
  readonly scheme?: TagScheme | undefined;
  /** Templates the dataset was extracted with; stored with the model, which needs them to tag text. */
  readonly templateSet?: TemplateSet | null | undefined;
}

/** What one step did: see {@link LbfgsStep}. */
export type TrainerStep = LbfgsStep;

/** A training run, one iteration a call. */
export interface Trainer {
  /** How many weights are trained. */
  readonly size: number;
  /** Runs one iteration. Once `done`, further calls return the last result. */
  step(): TrainerStep;
  /** A copy of the weights: state features in attribute order, then transitions. */
  weights(): Float64Array;
  /** A model of the weights as they stand; its vocabulary is the dataset's, frozen from now on. */
  model(): CrfModel;
  /** Bytes from which {@link Trainer.restore} goes on with the same bits. */
  checkpoint(): Uint8Array;
  /** @throws CrfError CRF_CHECKPOINT_MISMATCH, CRF_MODEL_TRUNCATED, CRF_MODEL_CORRUPT */
  restore(checkpoint: Uint8Array): void;
  /** Lets helping threads go. Done by itself when the run ends; call it when a run is given up. */
  release(): void;
}

/** Bytes a training run needs. */
export interface MemoryEstimate {
  /** All of it. */
  readonly total: number;
  /** The extracted dataset, held by the caller. */
  readonly dataset: number;
  /** The kernel's indexes and rows, which grow with the tokens. */
  readonly rows: number;
  /** The optimiser's vectors, which grow with the weights. */
  readonly vectors: number;
  /** How many weights there will be. */
  readonly weights: number;
}

/** Bytes that {@link createTrainer} and its steps will hold for this dataset. Counts features; trains nothing. */
export function estimateMemory(dataset: Dataset, options: TrainerOptions = {}): MemoryEstimate {
  requireTrainable(dataset);
  const table = buildFeatureTable(dataset, options);
  const { memories } = lbfgsSettings(options);
  const kernel = planLayout(sizesOf(dataset, table, memories, 1 + (options.threads?.helpers ?? 0))).bytes;
  const entries = dataset.tokenBundles.length + dataset.bundleAttributes.length;
  const starts = dataset.tokenStarts.length + dataset.bundleStarts.length + dataset.sentenceStarts.length;
  const held = 4 * (entries + starts + dataset.gold.length) + (dataset.bundleValues?.byteLength ?? 0);
  const features = table.observed.byteLength + table.stateLabels.byteLength + table.stateStarts.byteLength;
  const weights = table.observed.length;
  const vectors = 8 * weights * (6 + 2 * memories);
  return {
    total: held + kernel + features,
    dataset: held + features,
    rows: kernel - vectors,
    vectors,
    weights,
  };
}

/** A model of packed weights. */
export function toModel(
  dataset: Dataset,
  table: FeatureTable,
  x: Float64Array,
  options: TrainerOptions,
): CrfModel {
  const labels = dataset.labels.length;
  const states = table.stateLabels.length;
  const transitions = new Float64Array(labels * labels);
  for (let index = 0; index < table.transitions.length; index += 2) {
    transitions[table.transitions[index]! * labels + table.transitions[index + 1]!] =
      x[states + (index >> 1)]!;
  }
  return {
    labels: [...dataset.labels],
    scheme: options.scheme ?? 'IOB2',
    templateSet: options.templateSet ?? null,
    attributes: dataset.vocabulary.freeze(),
    weights: {
      stateStarts: table.stateStarts.slice(),
      stateLabels: table.stateLabels.slice(),
      stateWeights: x.slice(0, states),
      transitions,
    },
  };
}

const magic = 'MEDSPCKP';

/**
 * Prepares a training run: by L-BFGS with an L2 penalty, or passive–aggressive. Deterministic: the same dataset and options give the same
 * bits on every machine.
 *
 * @throws CrfError CRF_DATA_INVALID for an empty or unlabelled dataset, CRF_OPTION_INVALID for bad settings
 */
export function createTrainer(dataset: Dataset, options: TrainerOptions = {}): Trainer {
  requireTrainable(dataset);
  const c2 = options.c2 ?? 1;
  if (!(c2 >= 0 && Number.isFinite(c2))) {
    throw new CrfError('CRF_OPTION_INVALID', 'c2 must be a finite number of at least 0.', { option: 'c2' });
  }
  if (dataset.gold.some((label) => label < 0)) {
    throw new CrfError(
      'CRF_DATA_INVALID',
      'Some tokens carry no tag. Tag every token of the training sentences, or leave the sentences out.',
    );
  }
  if (options.algorithm === 'passive-aggressive') return createPassiveAggressiveTrainer(dataset, options);
  dataset.vocabulary.freeze();
  const table = buildFeatureTable(dataset, options);
  const space = new TrainingSpace(dataset, table, c2, lbfgsSettings(options).memories, options);
  const optimizer = new Lbfgs(space, options);
  return {
    size: space.size,
    step: () => optimizer.step(),
    weights: () => space.weights.slice(),
    model: () => toModel(dataset, table, space.weights, options),
    release: () => space.release(),
    checkpoint() {
      const { iteration, end, loss, gradientSquare, weightSquare, pastLosses, curvatures, vectors } =
        optimizer.state();
      const sections: Record<string, Float64Array> = {
        scalars: Float64Array.of(loss, gradientSquare, weightSquare, c2),
        pastLosses,
        curvatures,
      };
      vectors.forEach((vector, index) => (sections[`v${index}`] = vector));
      return writeSections(magic, 1, { head: { iteration, end, vectors: vectors.length }, sections });
    },
    restore(checkpoint) {
      const { head, sections } = readSections(magic, 1, 'checkpoint', checkpoint);
      const { iteration = 0, end = 0, vectors = 0 } = head as Record<string, number>;
      const section = (name: string): Float64Array => sections[name] as Float64Array;
      const [loss = NaN, gradientSquare = NaN, weightSquare = NaN, storedC2] = section('scalars');
      if (storedC2 !== c2) {
        throw new CrfError(
          'CRF_CHECKPOINT_MISMATCH',
          `The checkpoint was made with c2 = ${storedC2}, this run has ${c2}. Resume with the same settings.`,
        );
      }
      optimizer.restore({
        iteration,
        end,
        loss,
        gradientSquare,
        weightSquare,
        pastLosses: section('pastLosses'),
        curvatures: section('curvatures'),
        vectors: Array.from({ length: vectors }, (_, index) => section(`v${index}`)),
      });
    },
  };
}

const epochMagic = 'MEDSPCKE';

/** A passive–aggressive run behind the same steps: an epoch is an iteration. */
function createPassiveAggressiveTrainer(dataset: Dataset, options: TrainerOptions): Trainer {
  const epochs = options.maximumIterations ?? 8;
  if (!Number.isInteger(epochs) || epochs < 1) {
    throw new CrfError('CRF_OPTION_INVALID', 'maximumIterations must be a whole number of at least 1.');
  }
  dataset.vocabulary.freeze();
  const table = buildFeatureTable(dataset, options);
  const learner = new PassiveAggressive(dataset, table, options);
  let last: TrainerStep | null = null;
  return {
    size: table.observed.length,
    step() {
      if (last?.done) return last;
      const { iteration, loss, updates } = learner.step();
      const reason = loss === 0 ? 'loss' : iteration >= epochs ? 'iterations' : null;
      let square = 0;
      for (const weight of learner.state().weights) square += weight * weight;
      last = {
        iteration,
        loss,
        gradientNorm: updates,
        weightNorm: Math.sqrt(square),
        evaluations: 1,
        done: reason !== null,
        reason,
        failure: null,
      };
      return last;
    },
    weights: () => learner.averaged(),
    model: () => toModel(dataset, table, learner.averaged(), options),
    release: () => {},
    checkpoint() {
      const { iteration, count, weights, sums } = learner.state();
      return writeSections(epochMagic, 1, { head: { iteration, count }, sections: { weights, sums } });
    },
    restore(checkpoint) {
      const { head, sections } = readSections(epochMagic, 1, 'checkpoint', checkpoint);
      const { iteration = 0, count = 1 } = head as Record<string, number>;
      const { weights, sums } = sections as Record<'weights' | 'sums', Float64Array>;
      learner.restore({ iteration, count, weights, sums });
      last = null;
    },
  };
}
