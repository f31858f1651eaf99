/**
 * Writes AssemblyScript whose loops over labels are unrolled, one set of functions for each number of labels: the
 * engine does not unroll loops, and with three to nine labels unrolling is most of the gain of SIMD.
 */

/** Label counts that get functions of their own; others take the loops in `assembly/loops.ts`. */
export const unrolledLabels = [2, 3, 4, 5, 6, 7, 8, 9, 10];

const range = (count: number): number[] => Array.from({ length: count }, (_, index) => index);
const splat = (vector: string, lane: number): string =>
  `v128.shuffle<f64>(${vector}, ${vector}, ${lane}, ${lane})`;

function sumOf(terms: readonly string[]): string {
  return terms.reduce((sum, term) => `f64x2.add(${sum}, ${term})`);
}

/** (Σ even labels) + (Σ odd labels) of factor[label] · matrix[label][v]. */
function matrixTimes(factors: readonly string[], matrix: string, v: number): string {
  const terms = (parity: number): string[] =>
    factors.flatMap((factor, label) =>
      label % 2 === parity ? [`f64x2.mul(${factor}, ${matrix}${label}_${v})`] : [],
    );
  return `f64x2.add(${sumOf(terms(0))}, ${sumOf(terms(1))})`;
}

function emitFor(labels: number): string {
  const vectors = (labels + 1) >> 1;
  const bytes = vectors * 16;
  const V = range(vectors);
  const L = range(labels);
  const matrix = (name: string, pointer: string): string =>
    L.flatMap((label) =>
      V.map((v) => `  const ${name}${label}_${v} = v128.load(${pointer} + ${label * bytes + v * 16});`),
    ).join('\n');
  const top = V.map((v) => {
    const single = labels % 2 === 1 && v === vectors - 1;
    return single ? splat(`e${v}`, 0) : `e${v}`;
  }).reduce((best, vector) => `f64x2.pmax(${best}, ${vector})`);
  const finish = `
    const sum = ${sumOf(V.map((v) => `a${v}`))};
    const scale = f64x2.extract_lane(sum, 0) + f64x2.extract_lane(sum, 1);
    const inverse = 1.0 / scale;
    const spread = f64x2.splat(inverse);
    store<f64>(scales, inverse);
    scales += 8;
${V.map((v) => `    a${v} = f64x2.mul(a${v}, spread);\n    v128.store(alpha + ${v * 16}, a${v});`).join('\n')}
    alpha += ${bytes};
    row += ${bytes};
    product *= scale;
    if (product > 1e100 || product < 1e-100) {
      logs += logarithm(product);
      product = 1.0;
    }`;
  return `
export function gather${labels}(starts: usize, list: usize, source: usize, target: usize, from: i32, to: i32): void {
  let at = list + ((<usize>load<u32>(starts + ((<usize>from) << 2))) << 2);
  let out = target + (<usize>from) * ${bytes};
  for (let row = from; row < to; row++) {
    const end = list + ((<usize>load<u32>(starts + ((<usize>row) << 2), 4)) << 2);
${V.map((v) => `    let a${v} = f64x2.splat(0.0);`).join('\n')}
    for (; at < end; at += 4) {
      const p = source + (<usize>load<u32>(at)) * ${bytes};
${V.map((v) => `      a${v} = f64x2.add(a${v}, v128.load(p, ${v * 16}));`).join('\n')}
    }
${V.map((v) => `    v128.store(out, a${v}, ${v * 16});`).join('\n')}
    out += ${bytes};
  }
}

export function forward${labels}(rows: usize, length: i32, alphaStart: usize, scalesStart: usize, transitions: usize, mask: usize): f64 {
  let alpha = alphaStart;
  let scales = scalesStart;
  let shift = 0.0;
  let row = rows;
  const stop = rows + (<usize>length) * ${bytes};
  for (; row < stop; row += ${bytes}) {
${V.map((v) => `    const e${v} = v128.load(row, ${v * 16});`).join('\n')}
    const pair = ${top};
    const other = ${splat('pair', 1)};
    const best = ${labels === 1 ? 'pair' : `f64x2.pmax(${splat('pair', 0)}, other)`};
    shift += f64x2.extract_lane(best, 0);
${V.map((v) => `    v128.store(row, exponential2(f64x2.sub(e${v}, best)), ${v * 16});`).join('\n')}
  }
${matrix('t', 'transitions')}
  let product = 1.0;
  let logs = 0.0;
  row = rows;
${V.map((v) => `  let a${v} = f64x2.mul(v128.load(mask, ${v * 16}), v128.load(row, ${v * 16}));`).join('\n')}
  {${finish}
  }
  while (row < stop) {
${L.map((label) => `    const s${label} = ${splat(`a${label >> 1}`, label & 1)};`).join('\n')}
${V.map(
  (v) =>
    `    a${v} = f64x2.mul(${matrixTimes(
      L.map((label) => `s${label}`),
      't',
      v,
    )}, v128.load(row, ${v * 16}));`,
).join('\n')}${finish}
  }
  return logs + logarithm(product) + shift;
}

export function backward${labels}(rows: usize, length: i32, alphaStart: usize, scalesStart: usize, transposed: usize, mask: usize, sums: usize): void {
${matrix('t', 'transposed')}
${V.map((v) => `  let b${v} = v128.load(mask, ${v * 16});`).join('\n')}
  let row = rows + (<usize>(length - 1)) * ${bytes};
  let alpha = alphaStart + (<usize>(length - 1)) * ${bytes};
  let scales = scalesStart + ((<usize>(length - 1)) << 3);
${V.map((v) => `  let a${v} = v128.load(alpha, ${v * 16});`).join('\n')}
  while (true) {
    const inverse = f64x2.splat(load<f64>(scales));
${V.map((v) => `    const f${v} = f64x2.mul(f64x2.mul(v128.load(row, ${v * 16}), b${v}), inverse);\n    v128.store(row, f64x2.mul(a${v}, b${v}), ${v * 16});`).join('\n')}
    if (row == rows) break;
    row -= ${bytes};
    alpha -= ${bytes};
    scales -= 8;
${L.map((label) => `    const s${label} = ${splat(`f${label >> 1}`, label & 1)};`).join('\n')}
${V.map(
  (v) =>
    `    b${v} = ${matrixTimes(
      L.map((label) => `s${label}`),
      't',
      v,
    )};`,
).join('\n')}
${V.map((v) => `    a${v} = v128.load(alpha, ${v * 16});`).join('\n')}
${L.map((before) => {
  const lines = V.map(
    (v) =>
      `      v128.store(sums, f64x2.add(v128.load(sums, ${before * bytes + v * 16}), f64x2.mul(m, f${v})), ${before * bytes + v * 16});`,
  );
  return `    {\n      const m = ${splat(`a${before >> 1}`, before & 1)};\n${lines.join('\n')}\n    }`;
}).join('\n')}
  }
}
`;
}

/** The source of `assembly/chains.ts`. */
export function emitChains(): string {
  const dispatch = (name: string, result: string, parameters: string, call: string): string => `
// @ts-ignore: decorator
@inline
export function ${name}(labels: i32, ${parameters}): ${result} {
  switch (labels) {
${unrolledLabels.map((labels) => `    case ${labels}: ${result === 'void' ? `${name}${labels}(${call}); return;` : `return ${name}${labels}(${call});`}`).join('\n')}
    default: ${result === 'void' ? `${name}Any(labels, ${call}); return;` : `return ${name}Any(labels, ${call});`}
  }
}
`;
  return (
    `// Written by build/emit-chains.ts. Change that file and run build/build-kernel.ts.\n` +
    `import { exponential2, logarithm } from './exponential';\n` +
    `import { backwardAny, forwardAny, gatherAny } from './loops';\n` +
    unrolledLabels.map(emitFor).join('') +
    dispatch(
      'gather',
      'void',
      'starts: usize, list: usize, source: usize, target: usize, from: i32, to: i32',
      'starts, list, source, target, from, to',
    ) +
    dispatch(
      'forward',
      'f64',
      'rows: usize, length: i32, alpha: usize, scales: usize, transitions: usize, mask: usize',
      'rows, length, alpha, scales, transitions, mask',
    ) +
    dispatch(
      'backward',
      'void',
      'rows: usize, length: i32, alpha: usize, scales: usize, transposed: usize, mask: usize, sums: usize',
      'rows, length, alpha, scales, transposed, mask, sums',
    )
  );
}
