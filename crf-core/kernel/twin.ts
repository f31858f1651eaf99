import { chainBackward, chainForward } from './twin-chain.ts';
import type { Kernel } from './protocol.ts';
import { operation, real, sentencesPerBlock, vectorBlock, word } from './protocol.ts';
import type { Views } from './views.ts';

/** First index whose start is not below `part / parts` of all entries. */
export function splitByEntries(
  starts: (index: number) => number,
  count: number,
  part: number,
  parts: number,
): number {
  if (part <= 0) return 0;
  if (part >= parts) return count;
  const goal = Math.floor((starts(count) * part) / parts);
  let low = 0;
  let high = count;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (starts(middle) < goal) low = middle + 1;
    else high = middle;
  }
  return low;
}

/**
 * The kernel in plain TypeScript. It adds in the same order as the WebAssembly kernel, lane for lane, so both give the
 * same bits; it runs where WebAssembly or shared memory is missing.
 */
export class Twin implements Kernel {
  private readonly views: Views;

  constructor(views: Views) {
    this.views = views;
  }

  execute(name: number, part: number, parts: number): void {
    switch (name) {
      case operation.gather:
        return this.gather(part, parts);
      case operation.sweep:
        return this.sweep(part, parts);
      case operation.attributeGradient:
        return this.attributeGradient(part, parts);
      case operation.unpack:
        return this.unpack(part, parts);
      default:
        return this.vector(name, part, parts);
    }
  }

  /** target[row] = Σ value · source[list[entry]] over the row's entries, in their order. */
  private gatherRange(
    starts: number,
    list: number,
    values: number,
    source: number,
    target: number,
    from: number,
    to: number,
  ): void {
    const { f64, i32 } = this.views;
    const stride = i32[word.stride]!;
    const base = source / 8;
    for (let row = from; row < to; row++) {
      const out = target / 8 + row * stride;
      for (let label = 0; label < stride; label++) f64[out + label] = 0;
      const end = i32[starts / 4 + row + 1]!;
      for (let entry = i32[starts / 4 + row]!; entry < end; entry++) {
        const at = base + i32[list / 4 + entry]! * stride;
        if (values === 0) {
          for (let label = 0; label < stride; label++)
            f64[out + label] = f64[out + label]! + f64[at + label]!;
        } else {
          const value = f64[values / 8 + entry]!;
          for (let label = 0; label < stride; label++) {
            f64[out + label] = f64[out + label]! + value * f64[at + label]!;
          }
        }
      }
    }
  }

  private gather(part: number, parts: number): void {
    const { i32, u32 } = this.views;
    const starts = u32[word.starts]!;
    const count = i32[word.count]!;
    const start = (index: number): number => i32[starts / 4 + index]!;
    this.gatherRange(
      starts,
      u32[word.list]!,
      u32[word.values]!,
      u32[word.source]!,
      u32[word.target]!,
      splitByEntries(start, count, part, parts),
      splitByEntries(start, count, part + 1, parts),
    );
  }

  /** Score rows, forward–backward and marginals of whole blocks of sentences. */
  private sweep(part: number, parts: number): void {
    const { f64, i32, u32 } = this.views;
    const sentences = i32[word.sentenceCount]!;
    const starts = u32[word.sentenceStarts]! / 4;
    const blocks = Math.ceil(sentences / sentencesPerBlock);
    const start = (block: number): number => i32[starts + Math.min(block * sentencesPerBlock, sentences)]!;
    const last = splitByEntries(start, blocks, part + 1, parts);
    const stride = i32[word.stride]!;
    const labels = i32[word.labels]!;
    const cells = labels * stride;
    for (let block = splitByEntries(start, blocks, part, parts); block < last; block++) {
      const sums = u32[word.blockSums]! / 8 + block * cells;
      f64.fill(0, sums, sums + cells);
      const to = Math.min((block + 1) * sentencesPerBlock, sentences);
      this.gatherRange(
        u32[word.tokenStarts]!,
        u32[word.tokenBundles]!,
        0,
        u32[word.bundleRows]!,
        u32[word.tokenRows]!,
        start(block),
        i32[starts + to]!,
      );
      let logs = 0;
      for (let sentence = block * sentencesPerBlock; sentence < to; sentence++) {
        const first = i32[starts + sentence]!;
        const end = i32[starts + sentence + 1]!;
        logs += chainForward(this.views, first, end, part);
        chainBackward(this.views, first, end, part, sums);
      }
      f64[u32[word.blockLogs]! / 8 + block] = logs;
    }
  }

  /** Sums the rows of each attribute and writes its part of the gradient. */
  private attributeGradient(part: number, parts: number): void {
    const { f64, i32, u32, u16 } = this.views;
    const stride = i32[word.stride]!;
    const starts = u32[word.starts]! / 4;
    const list = u32[word.list]! / 4;
    const values = u32[word.values]!;
    const source = u32[word.source]! / 8;
    const stateStarts = u32[word.stateStarts]! / 4;
    const stateLabels = u32[word.stateLabels]! / 2;
    const observed = u32[word.observed]! / 8;
    const gradient = u32[word.gradient]! / 8;
    const x = u32[word.x]! / 8;
    const penalty = f64[real.penalty]!;
    const count = i32[word.attributeCount]!;
    const start = (index: number): number => i32[starts + index]!;
    const row = new Float64Array(stride);
    const last = splitByEntries(start, count, part + 1, parts);
    for (let attribute = splitByEntries(start, count, part, parts); attribute < last; attribute++) {
      row.fill(0);
      for (let entry = i32[starts + attribute]!; entry < i32[starts + attribute + 1]!; entry++) {
        const at = source + i32[list + entry]! * stride;
        const value = values === 0 ? 1 : f64[values / 8 + entry]!;
        for (let label = 0; label < stride; label++) row[label] = row[label]! + value * f64[at + label]!;
      }
      for (let f = i32[stateStarts + attribute]!; f < i32[stateStarts + attribute + 1]!; f++) {
        f64[gradient + f] = row[u16[stateLabels + f]!]! - f64[observed + f]! + penalty * f64[x + f]!;
      }
    }
  }

  private unpack(part: number, parts: number): void {
    const { f64, i32, u32, u16 } = this.views;
    const stride = i32[word.stride]!;
    const starts = u32[word.stateStarts]! / 4;
    const labels = u32[word.stateLabels]! / 2;
    const x = u32[word.x]! / 8;
    const rows = u32[word.weightRows]! / 8;
    const count = i32[word.attributeCount]!;
    const start = (index: number): number => i32[starts + index]!;
    const last = splitByEntries(start, count, part + 1, parts);
    for (let attribute = splitByEntries(start, count, part, parts); attribute < last; attribute++) {
      for (let f = i32[starts + attribute]!; f < i32[starts + attribute + 1]!; f++) {
        f64[rows + attribute * stride + u16[labels + f]!] = f64[x + f]!;
      }
    }
  }

  /** Σ a[i]·b[i] over one block: four running sums, then their tree, then the rest. */
  private dotBlock(a: number, b: number, from: number, to: number): number {
    const { f64 } = this.views;
    let s0 = 0;
    let s1 = 0;
    let s2 = 0;
    let s3 = 0;
    let index = from;
    for (; index + 4 <= to; index += 4) {
      s0 += f64[a + index]! * f64[b + index]!;
      s1 += f64[a + index + 1]! * f64[b + index + 1]!;
      s2 += f64[a + index + 2]! * f64[b + index + 2]!;
      s3 += f64[a + index + 3]! * f64[b + index + 3]!;
    }
    let rest = 0;
    for (; index < to; index++) rest += f64[a + index]! * f64[b + index]!;
    return s0 + s2 + (s1 + s3) + rest;
  }

  private vector(name: number, part: number, parts: number): void {
    const { f64, i32, u32 } = this.views;
    const size = i32[word.size]!;
    const blocks = Math.ceil(size / vectorBlock);
    const x = u32[word.x]! / 8;
    const g = u32[word.gradient]! / 8;
    const d = u32[word.direction]! / 8;
    const oldX = u32[word.previousX]! / 8;
    const oldG = u32[word.previousGradient]! / 8;
    const other = u32[word.other]! / 8;
    const partner = u32[word.partner]! / 8;
    const observed = u32[word.observed]! / 8;
    const partials = u32[word.partials]! / 8;
    const factor = f64[real.factor]!;
    const last = Math.floor((blocks * (part + 1)) / parts);
    for (let block = Math.floor((blocks * part) / parts); block < last; block++) {
      const from = block * vectorBlock;
      const to = Math.min(from + vectorBlock, size);
      const out = partials + block * 4;
      if (name === operation.step) {
        for (let i = from; i < to; i++) f64[x + i] = f64[oldX + i]! + factor * f64[d + i]!;
      } else if (name === operation.measure) {
        f64[out] = this.dotBlock(x, observed, from, to);
        f64[out + 1] = this.dotBlock(x, x, from, to);
        f64[out + 2] = this.dotBlock(g, d, from, to);
        f64[out + 3] = this.dotBlock(g, g, from, to);
      } else if (name === operation.remember) {
        for (let i = from; i < to; i++) {
          f64[other + i] = f64[x + i]! - f64[oldX + i]!;
          f64[partner + i] = f64[g + i]! - f64[oldG + i]!;
          f64[d + i] = -f64[g + i]!;
        }
        f64[out] = this.dotBlock(partner, other, from, to);
        f64[out + 1] = this.dotBlock(partner, partner, from, to);
        f64[out + 2] = this.dotBlock(other, d, from, to);
      } else {
        if (name === operation.addDot) {
          for (let i = from; i < to; i++) f64[d + i] = f64[d + i]! + factor * f64[other + i]!;
        } else {
          for (let i = from; i < to; i++) f64[d + i] = f64[d + i]! * factor;
        }
        f64[out] = partner === 0 ? 0 : this.dotBlock(partner, d, from, to);
      }
    }
  }
}
