import { CrfError } from '../errors.ts';
import type { Dataset } from '../features/dataset.ts';
import { sentenceCount, tokenCount } from '../features/dataset.ts';
import { Decoder } from '../inference/decoder.ts';
import { createRandom, shuffle } from '../metrics/random.ts';
import type { FeatureTable } from './feature-table.ts';
import { scoreToken, type TokenRows } from './token-scores.ts';

/** Settings of averaged passive–aggressive training; the defaults are CRFsuite's but for the epochs. */
export interface PassiveAggressiveOptions {
  /** Greatest step of one sentence (PA-I). Default 1. */
  readonly aggressiveness?: number | undefined;
  /** Rounds over all sentences. Default 8: more rarely helps. */
  readonly maximumIterations?: number | undefined;
  /** Seed of the order in which sentences are visited. Default 1. */
  readonly seed?: number | undefined;
}

/** What one epoch did. */
export interface Epoch {
  readonly iteration: number;
  /** Σ of the sentences' hinge losses. */
  readonly loss: number;
  /** Length of all updates together. */
  readonly updates: number;
}

/** State between two epochs. */
export interface PassiveAggressiveState {
  readonly iteration: number;
  readonly count: number;
  readonly weights: Float64Array;
  readonly sums: Float64Array;
}

/**
 * Averaged passive–aggressive learning (Crammer et al. 2006, PA-I). For each sentence whose best labelling ŷ is wrong:
 *
 *     loss = w·F(ŷ) − w·F(y) + √d,   τ = min(C, loss / ‖F(y) − F(ŷ)‖²),   w += τ (F(y) − F(ŷ))
 *
 * with d the number of wrong tokens. The result is the average of w over all sentences visited. Sentences are visited
 * in an order shuffled anew each epoch by the seed and the epoch's number, so a resumed run goes the same way.
 */
export class PassiveAggressive {
  private readonly dataset: Dataset;
  private readonly table: FeatureTable;
  private readonly aggressiveness: number;
  private readonly seed: number;
  private readonly rows: TokenRows;
  /** 1 where the weight of (attribute, label), and behind them of (from, to), exists. */
  private readonly exists: Uint8Array;
  private readonly weights: Float64Array;
  private readonly sums: Float64Array;
  private readonly delta: Float64Array;
  private readonly touched: Int32Array;
  private readonly marks: Uint8Array;
  private readonly scores: Float64Array;
  private readonly path: Int32Array;
  private touchedCount = 0;
  private count = 1;
  private iteration = 0;

  constructor(dataset: Dataset, table: FeatureTable, options: PassiveAggressiveOptions) {
    this.dataset = dataset;
    this.table = table;
    this.aggressiveness = options.aggressiveness ?? 1;
    this.seed = options.seed ?? 1;
    if (!(this.aggressiveness > 0 && Number.isFinite(this.aggressiveness))) {
      throw new CrfError('CRF_OPTION_INVALID', 'aggressiveness must be a finite number above 0.');
    }
    const labels = table.labelCount;
    const cells = (table.attributeCount + labels) * labels;
    this.rows = openRows(dataset);
    this.weights = new Float64Array(cells);
    this.sums = new Float64Array(cells);
    this.delta = new Float64Array(cells);
    this.touched = new Int32Array(cells);
    this.marks = new Uint8Array(cells);
    this.exists = new Uint8Array(cells);
    for (let attribute = 0; attribute < table.attributeCount; attribute++) {
      for (let f = table.stateStarts[attribute]!; f < table.stateStarts[attribute + 1]!; f++) {
        this.exists[attribute * labels + table.stateLabels[f]!] = 1;
      }
    }
    const base = table.attributeCount * labels;
    for (let index = 0; index < table.transitions.length; index += 2) {
      this.exists[base + table.transitions[index]! * labels + table.transitions[index + 1]!] = 1;
    }
    let longest = 0;
    for (let index = 0; index < sentenceCount(dataset); index++) {
      longest = Math.max(longest, dataset.sentenceStarts[index + 1]! - dataset.sentenceStarts[index]!);
    }
    this.scores = new Float64Array(longest * labels);
    this.path = new Int32Array(longest);
  }

  /** Visits every sentence once. */
  step(): Epoch {
    const order = Array.from({ length: sentenceCount(this.dataset) }, (_, index) => index);
    shuffle(order, createRandom(this.seed * 65_537 + this.iteration));
    const labels = this.table.labelCount;
    const everything = {
      start: new Uint8Array(labels).fill(1),
      end: new Uint8Array(labels).fill(1),
      allowed: new Uint8Array(labels * labels).fill(1),
    };
    const transitions = this.weights.subarray(this.table.attributeCount * labels);
    const decoder = new Decoder(transitions, labels, everything);
    let loss = 0;
    let updates = 0;
    for (const sentence of order) {
      const from = this.dataset.sentenceStarts[sentence]!;
      const length = this.dataset.sentenceStarts[sentence + 1]! - from;
      for (let t = 0; t < length; t++)
        scoreToken(this.rows, this.weights, labels, from + t, this.scores, t * labels);
      decoder.decode(this.scores, length, this.path);
      let wrong = 0;
      for (let t = 0; t < length; t++) if (this.path[t] !== this.dataset.gold[from + t]) wrong++;
      if (wrong > 0) {
        const cost = this.compare(from, length, transitions) + Math.sqrt(wrong);
        const square = this.collect(from, length);
        const step = square > 0 ? Math.min(this.aggressiveness, cost / square) : 0;
        this.update(step);
        decoder.load(transitions);
        loss += cost;
        updates += step * step * square;
      }
      this.count++;
    }
    if (!Number.isFinite(loss)) {
      throw new CrfError(
        'CRF_NOT_FINITE',
        'The loss is no longer finite. Look for NaN or huge attribute values.',
      );
    }
    this.iteration++;
    return { iteration: this.iteration, loss, updates: Math.sqrt(updates) };
  }

  /** Score of the best path minus score of the gold one. */
  private compare(from: number, length: number, transitions: Float64Array): number {
    const labels = this.table.labelCount;
    let difference = 0;
    for (let t = 0; t < length; t++) {
      const best = this.path[t]!;
      const gold = this.dataset.gold[from + t]!;
      difference += this.scores[t * labels + best]! - this.scores[t * labels + gold]!;
      if (t === 0) continue;
      difference +=
        transitions[this.path[t - 1]! * labels + best]! -
        transitions[this.dataset.gold[from + t - 1]! * labels + gold]!;
    }
    return difference;
  }

  private add(cell: number, value: number): void {
    if (this.exists[cell] === 0) return;
    if (this.marks[cell] === 0) {
      this.marks[cell] = 1;
      this.touched[this.touchedCount++] = cell;
    }
    this.delta[cell] = this.delta[cell]! + value;
  }

  /** F(gold) − F(best) into `delta`. @returns its squared length */
  private collect(from: number, length: number): number {
    const labels = this.table.labelCount;
    const base = this.table.attributeCount * labels;
    const { starts, attributes, values } = this.rows;
    this.touchedCount = 0;
    for (let t = 0; t < length; t++) {
      const best = this.path[t]!;
      const gold = this.dataset.gold[from + t]!;
      if (best !== gold) {
        for (let at = starts[from + t]!; at < starts[from + t + 1]!; at++) {
          const row = attributes[at]! * labels;
          const value = values === null ? 1 : values[at]!;
          this.add(row + gold, value);
          this.add(row + best, -value);
        }
      }
      if (t === 0) continue;
      const goldBefore = this.dataset.gold[from + t - 1]!;
      const bestBefore = this.path[t - 1]!;
      if (best === gold && goldBefore === bestBefore) continue;
      this.add(base + goldBefore * labels + gold, 1);
      this.add(base + bestBefore * labels + best, -1);
    }
    let square = 0;
    for (let index = 0; index < this.touchedCount; index++) {
      const value = this.delta[this.touched[index]!]!;
      square += value * value;
    }
    return square;
  }

  private update(step: number): void {
    for (let index = 0; index < this.touchedCount; index++) {
      const cell = this.touched[index]!;
      const change = step * this.delta[cell]!;
      this.weights[cell] = this.weights[cell]! + change;
      this.sums[cell] = this.sums[cell]! + this.count * change;
      this.delta[cell] = 0;
      this.marks[cell] = 0;
    }
  }

  /** The averaged weights, packed as the feature table numbers them. */
  averaged(): Float64Array {
    const { stateStarts, stateLabels, attributeCount, labelCount, transitions, observed } = this.table;
    const result = new Float64Array(observed.length);
    const average = (cell: number): number => this.weights[cell]! - this.sums[cell]! / this.count;
    for (let attribute = 0; attribute < attributeCount; attribute++) {
      for (let f = stateStarts[attribute]!; f < stateStarts[attribute + 1]!; f++) {
        result[f] = average(attribute * labelCount + stateLabels[f]!);
      }
    }
    for (let index = 0; index < transitions.length; index += 2) {
      const cell = (attributeCount + transitions[index]!) * labelCount + transitions[index + 1]!;
      result[stateLabels.length + (index >> 1)] = average(cell);
    }
    return result;
  }

  /** The state, as views: copy what is kept. */
  state(): PassiveAggressiveState {
    return { iteration: this.iteration, count: this.count, weights: this.weights, sums: this.sums };
  }

  /** Takes over a state. @throws CrfError CRF_CHECKPOINT_MISMATCH */
  restore(state: PassiveAggressiveState): void {
    if (state.weights.length !== this.weights.length || state.sums.length !== this.sums.length) {
      throw new CrfError(
        'CRF_CHECKPOINT_MISMATCH',
        'The checkpoint was made with other data or templates. Resume with the same, or start anew.',
      );
    }
    this.iteration = state.iteration;
    this.count = state.count;
    this.weights.set(state.weights);
    this.sums.set(state.sums);
  }
}

/** The attributes of every token in one list, bundles opened. */
function openRows(dataset: Dataset): TokenRows {
  const tokens = tokenCount(dataset);
  const starts = new Int32Array(tokens + 1);
  for (let token = 0; token < tokens; token++) {
    let count = 0;
    for (let at = dataset.tokenStarts[token]!; at < dataset.tokenStarts[token + 1]!; at++) {
      const bundle = dataset.tokenBundles[at]!;
      count += dataset.bundleStarts[bundle + 1]! - dataset.bundleStarts[bundle]!;
    }
    starts[token + 1] = starts[token]! + count;
  }
  const attributes = new Int32Array(starts[tokens]!);
  const values = dataset.bundleValues === null ? null : new Float64Array(starts[tokens]!);
  let next = 0;
  for (let token = 0; token < tokens; token++) {
    for (let at = dataset.tokenStarts[token]!; at < dataset.tokenStarts[token + 1]!; at++) {
      const bundle = dataset.tokenBundles[at]!;
      for (let entry = dataset.bundleStarts[bundle]!; entry < dataset.bundleStarts[bundle + 1]!; entry++) {
        if (values !== null) values[next] = dataset.bundleValues![entry]!;
        attributes[next++] = dataset.bundleAttributes[entry]!;
      }
    }
  }
  return { starts, attributes, values };
}
