import { classRuns, lowerRuns } from './unicode-tables.ts';

/** Classes of a code point, frozen with the tables: what a model learnt on one runtime holds on every other. */
export const characterClass = {
  other: 0,
  upper: 1,
  lower: 2,
  letter: 3,
  digit: 4,
  space: 5,
  mark: 6,
} as const;

interface Tables {
  readonly basic: Uint8Array;
  readonly starts: Int32Array;
  readonly classes: Uint8Array;
  readonly basicLower: Uint16Array;
  readonly otherLower: ReadonlyMap<number, number>;
}

function expand(): Tables {
  const runs = classRuns.split(' ');
  const starts = new Int32Array(runs.length);
  const classes = new Uint8Array(runs.length);
  const basic = new Uint8Array(0x10000);
  let at = 0;
  runs.forEach((run, index) => {
    const dot = run.indexOf('.');
    const value = Number(run.slice(dot + 1));
    starts[index] = at;
    classes[index] = value;
    const end = at + parseInt(run.slice(0, dot), 36);
    if (at < 0x10000) basic.fill(value, at, Math.min(end, 0x10000));
    at = end;
  });
  const basicLower = new Uint16Array(0x10000);
  for (let index = 0; index < 0x10000; index++) basicLower[index] = index;
  const otherLower = new Map<number, number>();
  let start = 0;
  for (const run of lowerRuns.split(' ')) {
    const [distance = 0, count = 0, step = 1, delta = 0] = run.split('.').map((part) => parseInt(part, 36));
    start += distance;
    for (let index = 0; index < count; index++) {
      const codePoint = start + index * step;
      if (codePoint < 0x10000 && codePoint + delta < 0x10000) basicLower[codePoint] = codePoint + delta;
      else otherLower.set(codePoint, codePoint + delta);
    }
  }
  return { basic, starts, classes, basicLower, otherLower };
}

const tables = expand();

/** Class of a code point (see {@link characterClass}); a lone surrogate is `other`. */
export function classOfCodePoint(codePoint: number): number {
  if (codePoint < 0x10000) return tables.basic[codePoint]!;
  let low = 0;
  let high = tables.starts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (tables.starts[middle]! <= codePoint) low = middle;
    else high = middle - 1;
  }
  return tables.classes[low]!;
}

/** The one-to-one lower-case form of a code point; itself where there is none. */
export function lowerCodePoint(codePoint: number): number {
  if (codePoint < 0x10000 && !tables.otherLower.has(codePoint)) return tables.basicLower[codePoint]!;
  return tables.otherLower.get(codePoint) ?? codePoint;
}

/** Lower-case form of a text by the frozen tables. Never longer or shorter in code points. */
export function foldCase(text: string): string {
  let changed = false;
  for (let index = 0; index < text.length; index++) {
    const unit = text.charCodeAt(index);
    if (unit >= 0xd800 || tables.basicLower[unit] !== unit || (unit > 0x7f && tables.otherLower.has(unit))) {
      changed = true;
      break;
    }
  }
  if (!changed) return text;
  let result = '';
  for (let index = 0; index < text.length;) {
    const codePoint = text.codePointAt(index)!;
    result += String.fromCodePoint(lowerCodePoint(codePoint));
    index += codePoint > 0xffff ? 2 : 1;
  }
  return result;
}
