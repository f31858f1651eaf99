// The WebAssembly kernel. Parameters stand at the beginning of the memory; ../protocol.ts holds the same numbers.
import { backward, forward, gather } from './chains';
import { gatherValues } from './loops';

// @ts-ignore: decorator
@inline
function word(index: usize): usize {
  return <usize>load<u32>(index << 2);
}

// @ts-ignore: decorator
@inline
function real(index: usize): f64 {
  return load<f64>(index << 3);
}

/** First index whose start is not below part / parts of all entries. */
function splitByEntries(starts: usize, count: i32, step: i32, last: i32, part: i32, parts: i32): i32 {
  if (part <= 0) return 0;
  if (part >= parts) return count;
  const all = <u64>load<u32>(starts + ((<usize>last) << 2));
  const goal = <u32>((all * <u64>part) / <u64>parts);
  let low = 0;
  let high = count;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (load<u32>(starts + ((<usize>min(middle * step, last)) << 2)) < goal) low = middle + 1;
    else high = middle;
  }
  return low;
}

function rows(
  labels: i32,
  starts: usize,
  list: usize,
  values: usize,
  source: usize,
  target: usize,
  from: i32,
  to: i32,
): void {
  if (from >= to) return;
  if (values == 0) gather(labels, starts, list, source, target, from, to);
  else gatherValues(labels, starts, list, values, source, target, from, to);
}

function gatherPart(part: i32, parts: i32): void {
  const starts = word(2);
  const count = <i32>word(7);
  const from = splitByEntries(starts, count, 1, count, part, parts);
  const to = splitByEntries(starts, count, 1, count, part + 1, parts);
  rows(<i32>word(1), starts, word(3), word(4), word(5), word(6), from, to);
}

function sweep(part: i32, parts: i32): void {
  const labels = <i32>word(1);
  const bytes = (<usize>((labels + 1) >> 1)) << 4;
  const starts = word(8);
  const sentences = <i32>word(9);
  const blocks = (sentences + 63) >> 6;
  const tokenRows = word(13);
  const transitions = word(14);
  const transposed = word(15);
  const mask = word(16);
  const cells = <usize>labels * bytes;
  const alpha = word(19) + <usize>part * word(20);
  const last = splitByEntries(starts, blocks, 64, sentences, part + 1, parts);
  for (let block = splitByEntries(starts, blocks, 64, sentences, part, parts); block < last; block++) {
    const sums = word(17) + <usize>block * cells;
    memory.fill(sums, 0, cells);
    const to = min((block + 1) << 6, sentences);
    const firstToken = <i32>load<u32>(starts + ((<usize>block) << 8));
    const lastToken = <i32>load<u32>(starts + ((<usize>to) << 2));
    rows(labels, word(10), word(11), 0, word(12), tokenRows, firstToken, lastToken);
    let logs = 0.0;
    for (let sentence = block << 6; sentence < to; sentence++) {
      const first = load<u32>(starts + ((<usize>sentence) << 2));
      const length = <i32>(load<u32>(starts + ((<usize>sentence) << 2), 4) - first);
      const row = tokenRows + <usize>first * bytes;
      const scales = alpha + <usize>length * bytes;
      logs += forward(labels, row, length, alpha, scales, transitions, mask);
      backward(labels, row, length, alpha, scales, transposed, mask, sums);
    }
    store<f64>(word(18) + ((<usize>block) << 3), logs);
  }
}

/** Attributes whose rows are summed at once, before their gradient is written: few enough to stay in the cache. */
// @ts-ignore: decorator
@inline
const attributesAtOnce: i32 = 64;

function attributeGradient(part: i32, parts: i32): void {
  const labels = <i32>word(1);
  const bytes = (<usize>((labels + 1) >> 1)) << 4;
  const starts = word(2);
  const stateStarts = word(21);
  const stateLabels = word(22);
  const observed = word(23);
  const gradient = word(26);
  const x = word(25);
  const penalty = real(33);
  const count = <i32>word(34);
  const scratch = word(19) + <usize>part * word(20);
  const last = splitByEntries(starts, count, 1, count, part + 1, parts);
  for (let from = splitByEntries(starts, count, 1, count, part, parts); from < last; from += attributesAtOnce) {
    const to = min(from + attributesAtOnce, last);
    rows(labels, starts, word(3), word(4), word(5), scratch - <usize>from * bytes, from, to);
    let row = scratch;
    let f = <usize>load<u32>(stateStarts + ((<usize>from) << 2));
    for (let attribute = from; attribute < to; attribute++, row += bytes) {
      const end = <usize>load<u32>(stateStarts + ((<usize>attribute) << 2), 4);
      for (; f < end; f++) {
        const expected = load<f64>(row + ((<usize>load<u16>(stateLabels + (f << 1))) << 3));
        const at = f << 3;
        store<f64>(gradient + at, expected - load<f64>(observed + at) + penalty * load<f64>(x + at));
      }
    }
  }
}

function unpack(part: i32, parts: i32): void {
  const labels = <i32>word(1);
  const bytes = (<usize>((labels + 1) >> 1)) << 4;
  const starts = word(21);
  const stateLabels = word(22);
  const x = word(25);
  const count = <i32>word(34);
  const last = splitByEntries(starts, count, 1, count, part + 1, parts);
  const from = splitByEntries(starts, count, 1, count, part, parts);
  let row = word(24) + <usize>from * bytes;
  let f = <usize>load<u32>(starts + ((<usize>from) << 2));
  for (let attribute = from; attribute < last; attribute++, row += bytes) {
    const end = <usize>load<u32>(starts + ((<usize>attribute) << 2), 4);
    for (; f < end; f++) {
      store<f64>(row + ((<usize>load<u16>(stateLabels + (f << 1))) << 3), load<f64>(x + (f << 3)));
    }
  }
}

function dotBlock(a: usize, b: usize, from: usize, to: usize): f64 {
  let first = f64x2.splat(0.0);
  let second = f64x2.splat(0.0);
  let i = from;
  for (; i + 32 <= to; i += 32) {
    first = f64x2.add(first, f64x2.mul(v128.load(a + i), v128.load(b + i)));
    second = f64x2.add(second, f64x2.mul(v128.load(a + i, 16), v128.load(b + i, 16)));
  }
  let rest = 0.0;
  for (; i < to; i += 8) rest += load<f64>(a + i) * load<f64>(b + i);
  const sum = f64x2.add(first, second);
  return f64x2.extract_lane(sum, 0) + f64x2.extract_lane(sum, 1) + rest;
}

function vector(operation: i32, part: i32, parts: i32): void {
  const size = <usize>word(32) << 3;
  const blocks = <i32>((size + 32767) >> 15);
  const x = word(25);
  const g = word(26);
  const d = word(27);
  const oldX = word(28);
  const oldG = word(29);
  const other = word(30);
  const partner = word(31);
  const observed = word(23);
  const factor = real(32);
  const factors = f64x2.splat(factor);
  const last = <i32>((<i64>blocks * <i64>(part + 1)) / <i64>parts);
  for (let block = <i32>((<i64>blocks * <i64>part) / <i64>parts); block < last; block++) {
    const from = (<usize>block) << 15;
    const to = min(from + 32768, size);
    const even = from + ((to - from) & ~(<usize>15));
    const out = word(33) + ((<usize>block) << 5);
    if (operation == 5) {
      for (let i = from; i < even; i += 16) {
        v128.store(x + i, f64x2.add(v128.load(oldX + i), f64x2.mul(factors, v128.load(d + i))));
      }
      for (let i = even; i < to; i += 8) store<f64>(x + i, load<f64>(oldX + i) + factor * load<f64>(d + i));
    } else if (operation == 6) {
      store<f64>(out, dotBlock(x, observed, from, to));
      store<f64>(out, dotBlock(x, x, from, to), 8);
      store<f64>(out, dotBlock(g, d, from, to), 16);
      store<f64>(out, dotBlock(g, g, from, to), 24);
    } else if (operation == 7) {
      for (let i = from; i < to; i += 8) {
        store<f64>(other + i, load<f64>(x + i) - load<f64>(oldX + i));
        store<f64>(partner + i, load<f64>(g + i) - load<f64>(oldG + i));
        store<f64>(d + i, -load<f64>(g + i));
      }
      store<f64>(out, dotBlock(partner, other, from, to));
      store<f64>(out, dotBlock(partner, partner, from, to), 8);
      store<f64>(out, dotBlock(other, d, from, to), 16);
    } else {
      if (operation == 8) {
        for (let i = from; i < even; i += 16) {
          v128.store(d + i, f64x2.add(v128.load(d + i), f64x2.mul(factors, v128.load(other + i))));
        }
        for (let i = even; i < to; i += 8) store<f64>(d + i, load<f64>(d + i) + factor * load<f64>(other + i));
      } else {
        for (let i = from; i < to; i += 8) store<f64>(d + i, load<f64>(d + i) * factor);
      }
      store<f64>(out, partner == 0 ? 0.0 : dotBlock(partner, d, from, to));
    }
  }
}

/** Runs one operation on part `part` of `parts`. */
export function execute(operation: i32, part: i32, parts: i32): void {
  switch (operation) {
    case 1:
      gatherPart(part, parts);
      return;
    case 2:
      sweep(part, parts);
      return;
    case 3:
      attributeGradient(part, parts);
      return;
    case 4:
      unpack(part, parts);
      return;
    default:
      vector(operation, part, parts);
  }
}
