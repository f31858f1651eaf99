import { CrfError } from '../errors.ts';
import type { Dataset } from '../features/dataset.ts';
import { bundleCount, sentenceCount, tokenCount } from '../features/dataset.ts';
import { exponential } from '../kernel/exponential.ts';
import type { Layout, ProblemSizes } from '../kernel/layout.ts';
import { planLayout } from '../kernel/layout.ts';
import { operation, real, sentencesPerBlock, vectorBlock, word } from '../kernel/protocol.ts';
import type { KernelThreads } from '../kernel/threads.ts';
import { Crew } from '../kernel/threads.ts';
import { Twin } from '../kernel/twin.ts';
import type { Views } from '../kernel/views.ts';
import { viewsOf } from '../kernel/views.ts';
import { createMemory, createWebAssemblyKernel, hasWebAssembly } from '../kernel/webassembly.ts';
import type { FeatureTable } from './feature-table.ts';
import { transposeInto } from './transpose.ts';

/** How long sums are added up: in blocks (fast, more exact) or from first to last (as CRFsuite does). */
export type Summation = 'blocked' | 'sequential';

/** How a training run computes. None of it changes a bit of the result, but for `summation`. */
export interface ComputeOptions {
  /** Use the WebAssembly kernel (default where it runs) or its plain-TypeScript twin. */
  readonly simd?: boolean | undefined;
  /** Threads that help. Without them the calling thread works alone. */
  readonly threads?: KernelThreads | undefined;
  /** `sequential` repeats CRFsuite's rounding, to compare losses digit by digit. Default `blocked`. */
  readonly summation?: Summation | undefined;
}

/** Names of the vectors, by their place in the layout. */
const fixed = { x: 0, previousX: 1, gradient: 2, previousGradient: 3, direction: 4 } as const;

/** Sizes of the problem a dataset and its features make. */
export function sizesOf(
  dataset: Dataset,
  table: FeatureTable,
  memories: number,
  threads: number,
): ProblemSizes {
  let longest = 0;
  for (let index = 0; index < sentenceCount(dataset); index++) {
    longest = Math.max(longest, dataset.sentenceStarts[index + 1]! - dataset.sentenceStarts[index]!);
  }
  return {
    labels: table.labelCount,
    attributes: table.attributeCount,
    bundles: bundleCount(dataset),
    tokens: tokenCount(dataset),
    sentences: sentenceCount(dataset),
    tokenEntries: dataset.tokenBundles.length,
    bundleEntries: dataset.bundleAttributes.length,
    stateFeatures: table.stateLabels.length,
    features: table.observed.length,
    longest,
    memories,
    threads,
    hasValues: dataset.bundleValues !== null,
  };
}

/**
 * The negative log-likelihood of a linear-chain CRF with an L2 penalty, and the vectors an optimiser needs, all in
 * one memory that a kernel works on:
 *
 *     f(w) = Σ_s [log Z(x_s) − w·F(x_s, y_s)] + c2 ‖w‖²,   g = E[F] − F + 2 c2 w
 *
 * Two phases. By sentence: rows of scores, forward–backward, marginals of each token. Then by bundle and by
 * attribute, each summed by one owner in a fixed order. Nothing is scattered, so the result has the same bits
 * whatever shares the work.
 */
export class TrainingSpace {
  readonly size: number;
  /** ‖g‖² and ‖x‖² of the last evaluation. */
  gradientSquare = 0;
  weightSquare = 0;
  private readonly dataset: Dataset;
  private readonly table: FeatureTable;
  private readonly c2: number;
  private readonly layout: Layout;
  private readonly views: Views;
  private readonly crew: Crew;
  private readonly vectors: number[];
  private readonly memories: number;
  private readonly sequential: boolean;
  private readonly observedFirst: boolean;

  constructor(
    dataset: Dataset,
    table: FeatureTable,
    c2: number,
    memories: number,
    options: ComputeOptions = {},
  ) {
    this.dataset = dataset;
    this.table = table;
    this.c2 = c2;
    this.memories = memories;
    this.size = table.observed.length;
    this.sequential = options.summation === 'sequential';
    this.observedFirst = this.sequential && isOneToOne(dataset);
    const shared = options.threads !== undefined && options.threads.helpers > 0;
    const sizes = sizesOf(dataset, table, memories, shared ? options.threads!.helpers + 1 : 1);
    this.layout = planLayout(sizes);
    if (this.layout.bytes > 0xffff0000) {
      throw new CrfError(
        'CRF_TOO_LARGE',
        `This run needs ${Math.ceil(this.layout.bytes / 1e6)} MB; at most 4,294 MB can be used. Raise the minimum frequency, use fewer templates, or train on fewer notes.`,
        { bytes: this.layout.bytes },
      );
    }
    const simd = (options.simd ?? true) && hasWebAssembly();
    if (simd) {
      const memory = createMemory(this.layout.bytes, shared);
      this.views = viewsOf(memory.buffer);
      this.crew = new Crew(this.views.i32, createWebAssemblyKernel(memory));
      if (shared) this.crew.hire(options.threads!, memory, true);
    } else {
      const bytes = Math.ceil(this.layout.bytes / 16) * 16;
      const buffer = shared ? new SharedArrayBuffer(bytes) : new ArrayBuffer(bytes);
      this.views = viewsOf(buffer);
      this.crew = new Crew(this.views.i32, new Twin(this.views));
      if (shared) this.crew.hire(options.threads!, buffer as SharedArrayBuffer, false);
    }
    this.vectors = [...this.layout.vectors];
    this.fill(sizes);
  }

  /** Copies the problem into the memory and sets the parameters that never change. */
  private fill(sizes: ProblemSizes): void {
    const { dataset, table, layout } = this;
    const { f64, i32, u16, u32 } = this.views;
    i32.set(dataset.sentenceStarts, layout.sentenceStarts / 4);
    i32.set(dataset.tokenStarts, layout.tokenStarts / 4);
    i32.set(dataset.tokenBundles, layout.tokenBundles / 4);
    i32.set(dataset.bundleStarts, layout.bundleStarts / 4);
    i32.set(dataset.bundleAttributes, layout.bundleAttributes / 4);
    const ints = (pointer: number, length: number): Int32Array =>
      i32.subarray(pointer / 4, pointer / 4 + length);
    transposeInto(
      dataset.tokenStarts,
      dataset.tokenBundles,
      ints(layout.occurrenceStarts, sizes.bundles + 1),
      ints(layout.occurrences, sizes.tokenEntries),
    );
    const memberStarts = ints(layout.memberStarts, sizes.attributes + 1);
    const members = ints(layout.members, sizes.bundleEntries);
    const values = dataset.bundleValues;
    if (values === null) transposeInto(dataset.bundleStarts, dataset.bundleAttributes, memberStarts, members);
    else {
      f64.set(values, layout.bundleValues / 8);
      const base = layout.memberValues / 8;
      transposeInto(dataset.bundleStarts, dataset.bundleAttributes, memberStarts, members, (place, entry) => {
        f64[base + place] = values[entry]!;
      });
    }
    i32.set(table.stateStarts, layout.stateStarts / 4);
    u16.set(table.stateLabels, layout.stateLabels / 2);
    f64.set(table.observed, layout.observed / 8);
    f64.fill(1, layout.firstMask / 8, layout.firstMask / 8 + sizes.labels);
    const set = (values32: Readonly<Record<number, number>>): void => {
      for (const [index, value] of Object.entries(values32)) u32[Number(index)] = value;
    };
    set({
      [word.stride]: layout.stride,
      [word.labels]: sizes.labels,
      [word.sentenceStarts]: layout.sentenceStarts,
      [word.sentenceCount]: sizes.sentences,
      [word.tokenStarts]: layout.tokenStarts,
      [word.tokenBundles]: layout.tokenBundles,
      [word.bundleRows]: layout.bundleRows,
      [word.tokenRows]: layout.tokenRows,
      [word.transitions]: layout.transitions,
      [word.transposed]: layout.transposed,
      [word.firstMask]: layout.firstMask,
      [word.blockSums]: layout.blockSums,
      [word.blockLogs]: layout.blockLogs,
      [word.scratch]: layout.scratch,
      [word.scratchBytes]: layout.scratchBytes,
      [word.stateStarts]: layout.stateStarts,
      [word.stateLabels]: layout.stateLabels,
      [word.observed]: layout.observed,
      [word.weightRows]: layout.weightRows,
      [word.size]: this.size,
      [word.partials]: layout.partials,
      [word.attributeCount]: sizes.attributes,
    });
    f64[real.penalty] = 2 * this.c2;
  }

  /** A view of a vector; it stays valid until {@link advance} or {@link revert}. */
  private view(index: number): Float64Array {
    const start = this.vectors[index]! / 8;
    return this.views.f64.subarray(start, start + this.size);
  }

  /** The weights as they stand: a live view, to be copied when kept. */
  get weights(): Float64Array {
    return this.view(fixed.x);
  }

  /** All vectors an optimiser must have to go on: x, its predecessor, both gradients, direction, then the history. */
  get allVectors(): Float64Array[] {
    return this.vectors.map((_, index) => this.view(index));
  }

  /** Steps are vectors 5, 6, …; differences follow them. */
  stepVector(slot: number): number {
    return 5 + slot;
  }

  /** See {@link stepVector}. */
  differenceVector(slot: number): number {
    return 5 + this.memories + slot;
  }

  private point(): void {
    const { u32 } = this.views;
    u32[word.x] = this.vectors[fixed.x]!;
    u32[word.previousX] = this.vectors[fixed.previousX]!;
    u32[word.gradient] = this.vectors[fixed.gradient]!;
    u32[word.previousGradient] = this.vectors[fixed.previousGradient]!;
    u32[word.direction] = this.vectors[fixed.direction]!;
  }

  private gather(
    starts: number,
    list: number,
    values: number,
    source: number,
    target: number,
    count: number,
  ): void {
    const { u32 } = this.views;
    u32[word.starts] = starts;
    u32[word.list] = list;
    u32[word.values] = values;
    u32[word.source] = source;
    u32[word.target] = target;
    u32[word.count] = count;
  }

  /** Σ a·b over the blocks' partial sums of the last operation, or first to last in sequential mode. */
  private total(column: number, a: number, b: number): number {
    const { f64 } = this.views;
    let sum = 0;
    if (this.sequential) {
      const first = a / 8;
      const second = b / 8;
      for (let index = 0; index < this.size; index++) sum += f64[first + index]! * f64[second + index]!;
      return sum;
    }
    const blocks = Math.ceil(this.size / vectorBlock);
    for (let block = 0; block < blocks; block++) sum += f64[this.layout.partials / 8 + block * 4 + column]!;
    return sum;
  }

  /** Loss at x; writes the gradient and both squares. @returns the loss and the slope g·d */
  evaluate(): { value: number; slope: number } {
    const { layout, crew } = this;
    this.point();
    crew.run(operation.unpack);
    this.setTransitions();
    const bundles = bundleCount(this.dataset);
    const { bundleStarts, bundleAttributes, bundleValues, weightRows, bundleRows, tokenRows } = layout;
    this.gather(bundleStarts, bundleAttributes, bundleValues, weightRows, bundleRows, bundles);
    crew.run(operation.gather);
    crew.run(operation.sweep);
    const logPartition = this.sumBlocks();
    if (this.observedFirst) this.gradientInCrfsuiteOrder();
    else {
      this.gather(layout.occurrenceStarts, layout.occurrences, 0, tokenRows, bundleRows, bundles);
      crew.run(operation.gather);
      this.gather(layout.memberStarts, layout.members, layout.memberValues, bundleRows, 0, 0);
      crew.run(operation.attributeGradient);
    }
    this.transitionGradient();
    crew.run(operation.measure);
    const x = this.vectors[fixed.x]!;
    const gradient = this.vectors[fixed.gradient]!;
    this.weightSquare = this.total(1, x, x);
    this.gradientSquare = this.total(3, gradient, gradient);
    const value = logPartition - this.total(0, x, layout.observed) + this.c2 * this.weightSquare;
    if (!Number.isFinite(value) || !Number.isFinite(this.gradientSquare)) {
      throw new CrfError(
        'CRF_NOT_FINITE',
        'The loss is no longer a finite number. Look for NaN or huge attribute values, or raise c2.',
      );
    }
    return { value, slope: this.total(2, gradient, this.vectors[fixed.direction]!) };
  }

  private setTransitions(): void {
    const { layout, table } = this;
    const { f64 } = this.views;
    const labels = table.labelCount;
    const x = this.vectors[fixed.x]! / 8 + table.stateLabels.length;
    for (let from = 0; from < labels; from++) {
      for (let to = 0; to < labels; to++) this.setTransition(from, to, 1);
    }
    for (let index = 0; index < table.transitions.length; index += 2) {
      const weight = f64[x + (index >> 1)]!;
      this.setTransition(table.transitions[index]!, table.transitions[index + 1]!, exponential(weight));
    }
    // Labels beyond the last fill a register; nothing ever reaches them.
    if (layout.stride > labels) f64[layout.firstMask / 8 + labels] = 0;
  }

  private setTransition(from: number, to: number, value: number): void {
    const { layout } = this;
    this.views.f64[layout.transitions / 8 + from * layout.stride + to] = value;
    this.views.f64[layout.transposed / 8 + to * layout.stride + from] = value;
  }

  /** Σ log Z in block order; adds the blocks' transition sums into the first. */
  private sumBlocks(): number {
    const { layout, table } = this;
    const { f64 } = this.views;
    const blocks = Math.ceil(sentenceCount(this.dataset) / sentencesPerBlock);
    const cells = table.labelCount * layout.stride;
    const sums = layout.blockSums / 8;
    let total = 0;
    for (let block = 0; block < blocks; block++) {
      total += f64[layout.blockLogs / 8 + block]!;
      if (block === 0) continue;
      for (let cell = 0; cell < cells; cell++)
        f64[sums + cell] = f64[sums + cell]! + f64[sums + block * cells + cell]!;
    }
    return total;
  }

  private transitionGradient(): void {
    const { layout, table } = this;
    const { f64 } = this.views;
    const states = table.stateLabels.length;
    const x = this.vectors[fixed.x]! / 8 + states;
    const gradient = this.vectors[fixed.gradient]! / 8 + states;
    for (let index = 0; index < table.transitions.length; index += 2) {
      const cell = table.transitions[index]! * layout.stride + table.transitions[index + 1]!;
      const expected = f64[layout.blockSums / 8 + cell]! * f64[layout.transitions / 8 + cell]!;
      const at = index >> 1;
      f64[gradient + at] = expected - table.observed[states + at]! + 2 * this.c2 * f64[x + at]!;
    }
  }

  /** CRFsuite's order: a sum begins at minus the observed value and expectations are added token by token. */
  private gradientInCrfsuiteOrder(): void {
    const { layout, table } = this;
    const { f64, i32 } = this.views;
    const x = this.vectors[fixed.x]! / 8;
    const gradient = this.vectors[fixed.gradient]! / 8;
    for (let attribute = 0; attribute < table.attributeCount; attribute++) {
      const from = i32[layout.occurrenceStarts / 4 + attribute]!;
      const to = i32[layout.occurrenceStarts / 4 + attribute + 1]!;
      for (let f = table.stateStarts[attribute]!; f < table.stateStarts[attribute + 1]!; f++) {
        let sum = -table.observed[f]!;
        const column = layout.tokenRows / 8 + table.stateLabels[f]!;
        for (let at = from; at < to; at++) {
          sum += f64[column + i32[layout.occurrences / 4 + at]! * layout.stride]!;
        }
        f64[gradient + f] = sum + 2 * this.c2 * f64[x + f]!;
      }
    }
  }

  /** Makes room for the next point: x and g become the previous ones. */
  advance(): void {
    const { vectors } = this;
    [vectors[fixed.x], vectors[fixed.previousX]] = [vectors[fixed.previousX]!, vectors[fixed.x]!];
    [vectors[fixed.gradient], vectors[fixed.previousGradient]] = [
      vectors[fixed.previousGradient]!,
      vectors[fixed.gradient]!,
    ];
  }

  /** Evaluates at previous x + step · direction. */
  probe(step: number): { value: number; slope: number } {
    this.point();
    this.views.f64[real.factor] = step;
    this.crew.run(operation.step);
    return this.evaluate();
  }

  /**
   * Stores s = x − previous x and y = g − previous g in a slot and sets the direction to −g.
   * @returns y·s, y·y and s·direction
   */
  remember(slot: number): { ys: number; yy: number; next: number } {
    const s = this.vectors[this.stepVector(slot)]!;
    const y = this.vectors[this.differenceVector(slot)]!;
    this.point();
    this.views.u32[word.other] = s;
    this.views.u32[word.partner] = y;
    this.crew.run(operation.remember);
    const direction = this.vectors[fixed.direction]!;
    return { ys: this.total(0, y, s), yy: this.total(1, y, y), next: this.total(2, s, direction) };
  }

  /** direction += factor · vector. @returns direction · partner, where `partner` −1 stands for the gradient */
  addToDirection(factor: number, vector: number, partner: number): number {
    this.views.u32[word.other] = this.vectors[vector]!;
    return this.direct(operation.addDot, factor, partner);
  }

  /** direction ·= factor. @returns direction · partner */
  scaleDirection(factor: number, partner: number): number {
    return this.direct(operation.scaleDot, factor, partner);
  }

  private direct(name: number, factor: number, partner: number): number {
    const other = this.vectors[partner < 0 ? fixed.gradient : partner]!;
    this.point();
    this.views.f64[real.factor] = factor;
    this.views.u32[word.partner] = other;
    this.crew.run(name);
    return this.total(0, other, this.vectors[fixed.direction]!);
  }

  /** Sets the direction to −g. */
  steepest(): void {
    const direction = this.view(fixed.direction);
    const gradient = this.view(fixed.gradient);
    for (let index = 0; index < direction.length; index++) direction[index] = -gradient[index]!;
  }

  /** Lets helping threads go. The space stays usable, on the calling thread alone. */
  release(): void {
    this.crew.release();
  }
}

/** Whether every bundle is one attribute of the same number and value 1, as in data read from CRFsuite files. */
function isOneToOne(dataset: Dataset): boolean {
  if (dataset.bundleValues !== null || bundleCount(dataset) !== dataset.vocabulary.size) return false;
  return dataset.bundleAttributes.every((attribute, bundle) => attribute === bundle);
}
