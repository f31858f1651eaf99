import { CrfError } from '../errors.ts';
import type { Dataset } from '../features/dataset.ts';
import { bundleCount, requireTrainable, tokenCount } from '../features/dataset.ts';
import type { TemplateSet } from '../features/template-set.ts';
import type { CrfModel } from '../model/crf-model.ts';
import { readSections, writeSections } from '../model/sections.ts';
import type { TagScheme } from '../text/schemes.ts';
import type { FeatureOptions, FeatureTable } from './feature-table.ts';
import { buildFeatureTable } from './feature-table.ts';
import type { LbfgsOptions, LbfgsState, LbfgsStep } from './lbfgs.ts';
import { Lbfgs } from './lbfgs.ts';
import { CrfObjective } from './objective.ts';

/** Settings of a training run. */
export interface TrainerOptions extends FeatureOptions, LbfgsOptions {
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
}

/** Bytes a training run needs, part by part. */
export interface MemoryEstimate {
  readonly total: number;
  readonly dataset: number;
  readonly rows: number;
  readonly vectors: number;
  readonly weights: number;
}

function estimateFor(dataset: Dataset, weights: number, memories: number): MemoryEstimate {
  const labels = dataset.labels.length;
  const stride = labels + (labels & 1);
  const entries = dataset.tokenBundles.length + dataset.bundleAttributes.length;
  const nodes = tokenCount(dataset) + bundleCount(dataset) + dataset.vocabulary.size;
  const data = 4 * (2 * entries + 2 * nodes + dataset.gold.length) + (dataset.bundleValues?.byteLength ?? 0);
  const rows = 8 * stride * nodes;
  const vectors = 8 * weights * (2 * memories + 6);
  return { total: data + rows + vectors, dataset: data, rows, vectors, weights };
}

/** Bytes that {@link createTrainer} and its steps will hold for this dataset. Counts features; trains nothing. */
export function estimateMemory(dataset: Dataset, options: TrainerOptions = {}): MemoryEstimate {
  requireTrainable(dataset);
  const table = buildFeatureTable(dataset, options);
  return estimateFor(dataset, table.observed.length, options.memories ?? 6);
}

function toModel(dataset: Dataset, table: FeatureTable, x: Float64Array, options: TrainerOptions): CrfModel {
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
 * Prepares a training run by L-BFGS with an L2 penalty. Deterministic: the same dataset and options give the same
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
  const table = buildFeatureTable(dataset, options);
  const objective = new CrfObjective(dataset, table, c2, options.summation);
  const optimizer = new Lbfgs(objective, new Float64Array(objective.size), options);
  return {
    size: objective.size,
    step: () => optimizer.step(),
    weights: () => optimizer.weights.slice(),
    model: () => toModel(dataset, table, optimizer.weights, options),
    checkpoint() {
      const { steps, differences, iteration, loss, end, ...vectors } = optimizer.state();
      const sections: Record<string, Float64Array> = { ...vectors };
      steps.forEach((vector, index) => (sections[`s${index}`] = vector));
      differences.forEach((vector, index) => (sections[`y${index}`] = vector));
      sections['loss'] = Float64Array.of(loss);
      return writeSections(magic, 1, { head: { iteration, end, memories: steps.length, c2 }, sections });
    },
    restore(checkpoint) {
      const { head, sections } = readSections(magic, 1, 'checkpoint', checkpoint);
      const { iteration, end, memories, c2: storedC2 } = head as Record<string, number>;
      const vector = (name: string): Float64Array => sections[name] as Float64Array;
      if (storedC2 !== c2) {
        throw new CrfError(
          'CRF_CHECKPOINT_MISMATCH',
          `The checkpoint was made with c2 = ${storedC2}, this run has ${c2}. Resume with the same settings.`,
        );
      }
      const numbers = Array.from({ length: memories! }, (_, index) => index);
      const state: LbfgsState = {
        iteration: iteration!,
        end: end!,
        loss: vector('loss')[0]!,
        pastLosses: vector('pastLosses'),
        curvatures: vector('curvatures'),
        x: vector('x'),
        gradient: vector('gradient'),
        direction: vector('direction'),
        steps: numbers.map((index) => vector(`s${index}`)),
        differences: numbers.map((index) => vector(`y${index}`)),
      };
      optimizer.restore(state);
    },
  };
}
