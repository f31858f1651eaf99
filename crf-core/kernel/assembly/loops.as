// Rows and chains for any number of labels: what chains.ts unrolls for the usual ones.
import { exponential2, logarithm } from './exponential';

export function gatherAny(
  labels: i32,
  starts: usize,
  list: usize,
  source: usize,
  target: usize,
  from: i32,
  to: i32,
): void {
  const bytes = (<usize>((labels + 1) >> 1)) << 4;
  for (let row = from; row < to; row++) {
    const out = target + <usize>row * bytes;
    memory.fill(out, 0, bytes);
    const end = list + ((<usize>load<u32>(starts + ((<usize>row) << 2), 4)) << 2);
    for (let at = list + ((<usize>load<u32>(starts + ((<usize>row) << 2))) << 2); at < end; at += 4) {
      const p = source + <usize>load<u32>(at) * bytes;
      for (let v: usize = 0; v < bytes; v += 16) {
        v128.store(out + v, f64x2.add(v128.load(out + v), v128.load(p + v)));
      }
    }
  }
}

/** As `gatherAny`, each row times its value. */
export function gatherValues(
  labels: i32,
  starts: usize,
  list: usize,
  values: usize,
  source: usize,
  target: usize,
  from: i32,
  to: i32,
): void {
  const bytes = (<usize>((labels + 1) >> 1)) << 4;
  for (let row = from; row < to; row++) {
    const out = target + <usize>row * bytes;
    memory.fill(out, 0, bytes);
    const end = <usize>load<u32>(starts + ((<usize>row) << 2), 4);
    for (let at = <usize>load<u32>(starts + ((<usize>row) << 2)); at < end; at++) {
      const p = source + <usize>load<u32>(list + (at << 2)) * bytes;
      const value = f64x2.splat(load<f64>(values + (at << 3)));
      for (let v: usize = 0; v < bytes; v += 16) {
        v128.store(out + v, f64x2.add(v128.load(out + v), f64x2.mul(value, v128.load(p + v))));
      }
    }
  }
}

export function forwardAny(
  labels: i32,
  rows: usize,
  length: i32,
  alphaStart: usize,
  scalesStart: usize,
  transitions: usize,
  mask: usize,
): f64 {
  const bytes = (<usize>((labels + 1) >> 1)) << 4;
  let shift = 0.0;
  let row = rows;
  for (let t = 0; t < length; t++, row += bytes) {
    let top = load<f64>(row);
    for (let label = 1; label < labels; label++) {
      const score = load<f64>(row + ((<usize>label) << 3));
      if (score > top) top = score;
    }
    shift += top;
    const best = f64x2.splat(top);
    for (let v: usize = 0; v < bytes; v += 16) {
      v128.store(row + v, exponential2(f64x2.sub(v128.load(row + v), best)));
    }
  }
  let product = 1.0;
  let logs = 0.0;
  let alpha = alphaStart;
  row = rows;
  for (let t = 0; t < length; t++, row += bytes, alpha += bytes) {
    let sum = f64x2.splat(0.0);
    for (let v: usize = 0; v < bytes; v += 16) {
      let reach: v128;
      if (t == 0) reach = v128.load(mask + v);
      else {
        let even = f64x2.splat(0.0);
        let odd = f64x2.splat(0.0);
        for (let before = 0; before < labels; before += 2) {
          const mass = f64x2.splat(load<f64>(alpha - bytes + ((<usize>before) << 3)));
          even = f64x2.add(even, f64x2.mul(mass, v128.load(transitions + <usize>before * bytes + v)));
        }
        for (let before = 1; before < labels; before += 2) {
          const mass = f64x2.splat(load<f64>(alpha - bytes + ((<usize>before) << 3)));
          odd = f64x2.add(odd, f64x2.mul(mass, v128.load(transitions + <usize>before * bytes + v)));
        }
        reach = f64x2.add(even, odd);
      }
      const value = f64x2.mul(reach, v128.load(row + v));
      v128.store(alpha + v, value);
      sum = f64x2.add(sum, value);
    }
    const scale = f64x2.extract_lane(sum, 0) + f64x2.extract_lane(sum, 1);
    const inverse = 1.0 / scale;
    store<f64>(scalesStart + ((<usize>t) << 3), inverse);
    const spread = f64x2.splat(inverse);
    for (let v: usize = 0; v < bytes; v += 16) {
      v128.store(alpha + v, f64x2.mul(v128.load(alpha + v), spread));
    }
    product *= scale;
    if (product > 1e100 || product < 1e-100) {
      logs += logarithm(product);
      product = 1.0;
    }
  }
  return logs + logarithm(product) + shift;
}

export function backwardAny(
  labels: i32,
  rows: usize,
  length: i32,
  alphaStart: usize,
  scalesStart: usize,
  transposed: usize,
  mask: usize,
  sums: usize,
): void {
  const bytes = (<usize>((labels + 1) >> 1)) << 4;
  const beta = scalesStart + (((<usize>length + 1) >> 1) << 4);
  const flow = beta + bytes;
  memory.copy(beta, mask, bytes);
  for (let t = length - 1; ; t--) {
    const row = rows + <usize>t * bytes;
    const alpha = alphaStart + <usize>t * bytes;
    const inverse = f64x2.splat(load<f64>(scalesStart + ((<usize>t) << 3)));
    for (let v: usize = 0; v < bytes; v += 16) {
      const b = v128.load(beta + v);
      v128.store(flow + v, f64x2.mul(f64x2.mul(v128.load(row + v), b), inverse));
      v128.store(row + v, f64x2.mul(v128.load(alpha + v), b));
    }
    if (t == 0) break;
    for (let v: usize = 0; v < bytes; v += 16) {
      let even = f64x2.splat(0.0);
      let odd = f64x2.splat(0.0);
      for (let label = 0; label < labels; label += 2) {
        const mass = f64x2.splat(load<f64>(flow + ((<usize>label) << 3)));
        even = f64x2.add(even, f64x2.mul(mass, v128.load(transposed + <usize>label * bytes + v)));
      }
      for (let label = 1; label < labels; label += 2) {
        const mass = f64x2.splat(load<f64>(flow + ((<usize>label) << 3)));
        odd = f64x2.add(odd, f64x2.mul(mass, v128.load(transposed + <usize>label * bytes + v)));
      }
      v128.store(beta + v, f64x2.add(even, odd));
    }
    for (let before = 0; before < labels; before++) {
      const mass = f64x2.splat(load<f64>(alpha - bytes + ((<usize>before) << 3)));
      const cell = sums + <usize>before * bytes;
      for (let v: usize = 0; v < bytes; v += 16) {
        v128.store(cell + v, f64x2.add(v128.load(cell + v), f64x2.mul(mass, v128.load(flow + v))));
      }
    }
  }
}
