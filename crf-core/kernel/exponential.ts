/**
 * exp and log with a fixed order of operations. Engines may compute Math.exp and Math.log differently; these are
 * additions, multiplications and exact scalings only, so every runtime, and the SIMD kernel, gives the same bits.
 */

const log2e = 1.4426950408889634;
const ln2High = 6.9314718036912381649e-1;
const ln2Low = 1.90821492927058770002e-10;

/** Powers of two from 2^-1022 to 2^1023, exact. */
const powersOfTwo = /* @__PURE__ */ ((): Float64Array => {
  const table = new Float64Array(2046);
  table[1022] = 1;
  for (let index = 1023; index < table.length; index++) table[index] = table[index - 1]! * 2;
  for (let index = 1021; index >= 0; index--) table[index] = table[index + 1]! / 2;
  return table;
})();

/**
 * e^x. The argument is clamped to [-708, 709], so the result is never 0, denormal or infinite; NaN stays NaN.
 * Range reduction by ln 2 in two parts, then the Taylor polynomial to degree 13 on |r| <= ln2/2 by Estrin's scheme.
 * Relative error below 1e-15.
 */
export function exponential(x: number): number {
  const clamped = x < -708 ? -708 : x > 709 ? 709 : x;
  const k = Math.floor(clamped * log2e + 0.5);
  const r = clamped - k * ln2High - k * ln2Low;
  const r2 = r * r;
  const r4 = r2 * r2;
  const a = (0.16666666666666666 * r + 0.5) * r2 + (r + 1);
  const b =
    (1.984126984126984e-4 * r + 1.388888888888889e-3) * r2 +
    (8.333333333333333e-3 * r + 4.1666666666666664e-2);
  const c =
    (2.505210838544172e-8 * r + 2.755731922398589e-7) * r2 +
    (2.7557319223985893e-6 * r + 2.48015873015873e-5);
  const d = 1.6059043836821613e-10 * r + 2.08767569878681e-9;
  const p = (d * r4 + c) * (r4 * r4) + (b * r4 + a);
  return k === k ? p * powersOfTwo[k + 1022]! : x;
}

const double = new Float64Array(1);
const words = new Uint32Array(double.buffer);
// The order of the two halves follows the machine; asking costs nothing.
double[0] = 1;
const high = words[1] === 0x3ff00000 ? 1 : 0;

/**
 * Natural logarithm of a positive normal number: x = 2^k (1 + f), then the odd series in s = f / (2 + f), with the
 * coefficients of fdlibm. 0 gives -Infinity, a negative number NaN.
 */
export function logarithm(x: number): number {
  if (!(x > 0)) return x === 0 ? -Infinity : NaN;
  if (x === Infinity) return x;
  let scale = 0;
  let value = x;
  if (value < 2.2250738585072014e-308) {
    value *= 18014398509481984;
    scale = -54;
  }
  double[0] = value;
  const top = words[high]!;
  let k = (top >>> 20) - 1023 + scale;
  words[high] = (top & 0xfffff) | 0x3ff00000;
  let m = double[0];
  if (m > 1.4142135623730951) {
    m = m * 0.5;
    k += 1;
  }
  const f = m - 1;
  const s = f / (2 + f);
  const z = s * s;
  const w = z * z;
  const even = w * (0.3999999999940942 + w * (0.22222198432149784 + w * 0.15313837699209373));
  const odd =
    z * (0.6666666666666735 + w * (0.2857142874366239 + w * (0.1818357216161805 + w * 0.14798198605116586)));
  const remainder = even + odd;
  const half = 0.5 * f * f;
  return k * ln2High - (half - (s * (half + remainder) + k * ln2Low) - f);
}
