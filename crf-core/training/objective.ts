import { CrfError } from '../errors.ts';
import type { Dataset } from '../features/dataset.ts';
import { bundleCount, sentenceCount, tokenCount } from '../features/dataset.ts';
import { exponential } from '../kernel/exponential.ts';
import { ForwardBackward } from '../kernel/forward-backward.ts';
import type { Summation } from '../kernel/vectors.ts';
import { dotFor } from '../kernel/vectors.ts';
import type { FeatureTable } from './feature-table.ts';
import type { Transposed } from './transpose.ts';
import { transpose } from './transpose.ts';

/** A function to be minimised, with its gradient. */
export interface Objective {
  readonly size: number;
  /** Writes the gradient at `x` into `gradient` and returns the value there. */
  evaluate(x: Float64Array, gradient: Float64Array): number;
}

/** Sentences whose transition counts are summed together: fixed, so that threads cannot change the sum's order. */
const sentencesPerBlock = 64;

/** Whether every bundle is one attribute of the same number and value 1, as in data read from CRFsuite files. */
function isOneToOne(dataset: Dataset): boolean {
  if (dataset.bundleValues !== null || bundleCount(dataset) !== dataset.vocabulary.size) return false;
  return dataset.bundleAttributes.every((attribute, bundle) => attribute === bundle);
}

/**
 * Negative log-likelihood of a linear-chain CRF with an L2 penalty:
 *
 *     f(w) = Σ_s [log Z(x_s) − w·F(x_s, y_s)] + c2 ‖w‖²,   g = E[F] − F + 2 c2 w
 *
 * Two phases. By sentence: rows of scores, forward–backward, marginals of each token. Then by bundle and by
 * attribute, each summed by one owner in a fixed order. Nothing is scattered, so the result has the same bits
 * whatever shares the work.
 */
export class CrfObjective implements Objective {
  readonly size: number;
  private readonly dataset: Dataset;
  private readonly table: FeatureTable;
  private readonly c2: number;
  private readonly stride: number;
  private readonly weightRows: Float64Array;
  private readonly bundleRows: Float64Array;
  private readonly tokenRows: Float64Array;
  private readonly byBundle: Transposed;
  private readonly byAttribute: Transposed;
  private readonly chain: ForwardBackward;
  private readonly transitionSums: Float64Array;

  private readonly dot: (a: Float64Array, b: Float64Array) => number;
  private readonly observedFirst: boolean;

  constructor(dataset: Dataset, table: FeatureTable, c2: number, summation: Summation = 'blocked') {
    this.dot = dotFor(summation);
    this.observedFirst = summation === 'sequential' && isOneToOne(dataset);
    this.dataset = dataset;
    this.table = table;
    this.c2 = c2;
    this.size = table.observed.length;
    const labels = table.labelCount;
    this.stride = labels + (labels & 1);
    this.weightRows = new Float64Array(table.attributeCount * this.stride);
    this.bundleRows = new Float64Array(bundleCount(dataset) * this.stride);
    this.tokenRows = new Float64Array(tokenCount(dataset) * this.stride);
    this.byBundle = transpose(dataset.tokenStarts, dataset.tokenBundles, bundleCount(dataset), false);
    this.byAttribute = transpose(
      dataset.bundleStarts,
      dataset.bundleAttributes,
      table.attributeCount,
      dataset.bundleValues !== null,
    );
    let longest = 0;
    for (let index = 0; index < sentenceCount(dataset); index++) {
      longest = Math.max(longest, dataset.sentenceStarts[index + 1]! - dataset.sentenceStarts[index]!);
    }
    this.chain = new ForwardBackward(labels, this.stride, longest);
    this.transitionSums = new Float64Array(labels * labels);
  }

  evaluate(x: Float64Array, gradient: Float64Array): number {
    const { table } = this;
    const states = table.stateLabels.length;
    this.unpack(x);
    this.scoreBundles();
    const logPartition = this.sweepSentences();
    this.gradientRows();
    this.pack(x, gradient, states);
    const loss = logPartition - this.dot(x, table.observed) + this.c2 * this.dot(x, x);
    if (!Number.isFinite(loss)) {
      throw new CrfError(
        'CRF_NOT_FINITE',
        'The loss is no longer a finite number. Look for NaN or huge attribute values, or raise c2.',
      );
    }
    return loss;
  }

  private unpack(x: Float64Array): void {
    const { stateStarts, stateLabels, attributeCount, labelCount, transitions } = this.table;
    const { weightRows, stride } = this;
    for (let attribute = 0; attribute < attributeCount; attribute++) {
      const row = attribute * stride;
      for (let at = stateStarts[attribute]!; at < stateStarts[attribute + 1]!; at++) {
        weightRows[row + stateLabels[at]!] = x[at]!;
      }
    }
    const exponentials = this.chain.transitions;
    exponentials.fill(1);
    for (let index = 0; index < transitions.length; index += 2) {
      exponentials[transitions[index]! * labelCount + transitions[index + 1]!] = exponential(
        x[stateLabels.length + (index >> 1)]!,
      );
    }
  }

  private scoreBundles(): void {
    const { bundleStarts, bundleAttributes, bundleValues } = this.dataset;
    const { bundleRows, weightRows, stride } = this;
    bundleRows.fill(0);
    for (let bundle = 0; bundle + 1 < bundleStarts.length; bundle++) {
      const row = bundle * stride;
      for (let at = bundleStarts[bundle]!; at < bundleStarts[bundle + 1]!; at++) {
        const from = bundleAttributes[at]! * stride;
        const value = bundleValues === null ? 1 : bundleValues[at]!;
        for (let label = 0; label < stride; label++) {
          bundleRows[row + label] = bundleRows[row + label]! + value * weightRows[from + label]!;
        }
      }
    }
  }

  /** Scores, forward–backward and marginals of every sentence; returns Σ log Z. */
  private sweepSentences(): number {
    const { sentenceStarts, tokenStarts, tokenBundles } = this.dataset;
    const { tokenRows, bundleRows, stride, chain, transitionSums } = this;
    const count = sentenceStarts.length - 1;
    transitionSums.fill(0);
    let total = 0;
    for (let block = 0; block < count; block += sentencesPerBlock) {
      chain.sums.fill(0);
      let blockTotal = 0;
      for (let sentence = block; sentence < Math.min(block + sentencesPerBlock, count); sentence++) {
        const from = sentenceStarts[sentence]!;
        const to = sentenceStarts[sentence + 1]!;
        for (let token = from; token < to; token++) {
          const row = token * stride;
          for (let label = 0; label < stride; label++) tokenRows[row + label] = 0;
          for (let at = tokenStarts[token]!; at < tokenStarts[token + 1]!; at++) {
            const source = tokenBundles[at]! * stride;
            for (let label = 0; label < stride; label++) {
              tokenRows[row + label] = tokenRows[row + label]! + bundleRows[source + label]!;
            }
          }
        }
        blockTotal += chain.run(tokenRows, from, to);
      }
      total += blockTotal;
      for (let index = 0; index < transitionSums.length; index++) {
        transitionSums[index] = transitionSums[index]! + chain.sums[index]!;
      }
    }
    return total;
  }

  /** Marginals → expected rows of bundles → expected rows of attributes (into `weightRows`, no longer needed). */
  private gradientRows(): void {
    const { tokenRows, bundleRows, weightRows, stride, byBundle, byAttribute } = this;
    const values = this.dataset.bundleValues;
    bundleRows.fill(0);
    if (this.observedFirst) this.subtractObserved(bundleRows);
    for (let bundle = 0; bundle + 1 < byBundle.starts.length; bundle++) {
      const row = bundle * stride;
      for (let at = byBundle.starts[bundle]!; at < byBundle.starts[bundle + 1]!; at++) {
        const source = byBundle.rows[at]! * stride;
        for (let label = 0; label < stride; label++) {
          bundleRows[row + label] = bundleRows[row + label]! + tokenRows[source + label]!;
        }
      }
    }
    weightRows.fill(0);
    for (let attribute = 0; attribute + 1 < byAttribute.starts.length; attribute++) {
      const row = attribute * stride;
      for (let at = byAttribute.starts[attribute]!; at < byAttribute.starts[attribute + 1]!; at++) {
        const source = byAttribute.rows[at]! * stride;
        const value = values === null ? 1 : values[byAttribute.entries![at]!]!;
        for (let label = 0; label < stride; label++) {
          weightRows[row + label] = weightRows[row + label]! + value * bundleRows[source + label]!;
        }
      }
    }
  }

  /** CRFsuite's order: the sum begins at minus the observed value and expectations are added token by token. */
  private subtractObserved(rows: Float64Array): void {
    const { stateStarts, stateLabels, attributeCount, observed } = this.table;
    for (let attribute = 0; attribute < attributeCount; attribute++) {
      for (let at = stateStarts[attribute]!; at < stateStarts[attribute + 1]!; at++) {
        rows[attribute * this.stride + stateLabels[at]!] = -observed[at]!;
      }
    }
  }

  private pack(x: Float64Array, gradient: Float64Array, states: number): void {
    const { stateStarts, stateLabels, attributeCount, labelCount, transitions, observed } = this.table;
    const { weightRows, stride } = this;
    const twice = 2 * this.c2;
    for (let attribute = 0; attribute < attributeCount; attribute++) {
      const row = attribute * stride;
      for (let at = stateStarts[attribute]!; at < stateStarts[attribute + 1]!; at++) {
        const seen = this.observedFirst ? 0 : observed[at]!;
        gradient[at] = weightRows[row + stateLabels[at]!]! - seen + twice * x[at]!;
      }
      // Labels without a feature keep weight 0; their expectations must not stay behind in the row.
      for (let label = 0; label < stride; label++) weightRows[row + label] = 0;
    }
    for (let index = 0; index < transitions.length; index += 2) {
      const at = states + (index >> 1);
      const cell = transitions[index]! * labelCount + transitions[index + 1]!;
      const expected = this.transitionSums[cell]! * this.chain.transitions[cell]!;
      gradient[at] = expected - observed[at]! + twice * x[at]!;
    }
  }
}
