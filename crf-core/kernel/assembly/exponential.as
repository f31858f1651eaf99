// exp and log with the order of operations of ../exponential.ts, two lanes at a time where it pays.

// @ts-ignore: decorator
@inline
const ln2High: f64 = 6.93147180369123816490e-1;
// @ts-ignore: decorator
@inline
const ln2Low: f64 = 1.90821492927058770002e-10;

// @ts-ignore: decorator
@inline
function multiplyAdd(c1: f64, r: v128, c0: f64): v128 {
  return f64x2.add(f64x2.mul(f64x2.splat(c1), r), f64x2.splat(c0));
}

// @ts-ignore: decorator
@inline
export function exponential2(x: v128): v128 {
  const clamped = f64x2.pmin(f64x2.pmax(x, f64x2.splat(-708.0)), f64x2.splat(709.0));
  const k = f64x2.floor(f64x2.add(f64x2.mul(clamped, f64x2.splat(1.4426950408889634)), f64x2.splat(0.5)));
  const r = f64x2.sub(
    f64x2.sub(clamped, f64x2.mul(k, f64x2.splat(ln2High))),
    f64x2.mul(k, f64x2.splat(ln2Low)),
  );
  const r2 = f64x2.mul(r, r);
  const r4 = f64x2.mul(r2, r2);
  const a = f64x2.add(f64x2.mul(multiplyAdd(0.16666666666666666, r, 0.5), r2), f64x2.add(r, f64x2.splat(1.0)));
  const b = f64x2.add(
    f64x2.mul(multiplyAdd(1.984126984126984e-4, r, 1.388888888888889e-3), r2),
    multiplyAdd(8.333333333333333e-3, r, 4.1666666666666664e-2),
  );
  const c = f64x2.add(
    f64x2.mul(multiplyAdd(2.505210838544172e-8, r, 2.755731922398589e-7), r2),
    multiplyAdd(2.7557319223985893e-6, r, 2.48015873015873e-5),
  );
  const d = multiplyAdd(1.6059043836821613e-10, r, 2.08767569878681e-9);
  const p = f64x2.add(
    f64x2.mul(f64x2.add(f64x2.mul(d, r4), c), f64x2.mul(r4, r4)),
    f64x2.add(f64x2.mul(b, r4), a),
  );
  const whole = i64x2.extend_low_i32x4_s(i32x4.trunc_sat_f64x2_s_zero(k));
  return f64x2.mul(p, i64x2.shl(i64x2.add(whole, i64x2.splat(1023)), 52));
}

export function logarithm(x: f64): f64 {
  if (!(x > 0.0)) return x == 0.0 ? -Infinity : NaN;
  if (x == Infinity) return x;
  let scale = 0;
  let value = x;
  if (value < 2.2250738585072014e-308) {
    value *= 18014398509481984.0;
    scale = -54;
  }
  const bits = reinterpret<u64>(value);
  let k = <i32>(bits >> 52) - 1023 + scale;
  let m = reinterpret<f64>((bits & 0x000fffffffffffff) | 0x3ff0000000000000);
  if (m > 1.4142135623730951) {
    m = m * 0.5;
    k += 1;
  }
  const f = m - 1.0;
  const s = f / (2.0 + f);
  const z = s * s;
  const w = z * z;
  const even = w * (0.3999999999940942 + w * (0.22222198432149784 + w * 0.15313837699209373));
  const odd =
    z * (0.6666666666666735 + w * (0.2857142874366239 + w * (0.1818357216161805 + w * 0.14798198605116586)));
  const remainder = even + odd;
  const half = 0.5 * f * f;
  return <f64>k * ln2High - (half - (s * (half + remainder) + <f64>k * ln2Low) - f);
}
