/** What a bench reports, and how it is shown: one JSON object a line for programs, a table for people. */
import { table } from '../test-run/table.ts';

/** One measured figure as a bench reports it: a value, or samples of which the median is the value. */
export interface Figure {
  /** Short name in kebab-case with the unit at its end where it has one, such as `open-p95-ms`. */
  readonly figure: string;
  readonly value?: number;
  readonly samples?: readonly number[];
  readonly unit: string;
  readonly better: 'higher' | 'lower';
  /** The figure that the issue asks for, where it asks for one. */
  readonly target?: number;
  /** How many measurements stand behind `value`, with the least and the greatest of them. */
  readonly n?: number;
  readonly min?: number;
  readonly max?: number;
}

/** What a bench calls for each figure; its default export is `(report: Report) => Promise<void>`. */
export type Report = (figure: Figure) => void;

/** One line of output; the order of the keys is part of the format. */
export interface FigureLine {
  readonly bench: string;
  readonly figure: string;
  readonly value: number;
  readonly unit: string;
  readonly better: 'higher' | 'lower';
  readonly target: number | null;
  readonly n: number;
  readonly min: number;
  readonly max: number;
}

/** Fills in what follows from the samples. Throws when a figure has neither value nor samples, or is no number. */
export function figureLine(bench: string, figure: Figure): FigureLine {
  const samples = figure.samples ?? [];
  const value = figure.value ?? median(samples);
  const line: FigureLine = {
    bench,
    figure: figure.figure,
    value,
    unit: figure.unit,
    better: figure.better,
    target: figure.target ?? null,
    n: figure.n ?? Math.max(1, samples.length),
    min: figure.min ?? (samples.length > 0 ? Math.min(...samples) : value),
    max: figure.max ?? (samples.length > 0 ? Math.max(...samples) : value),
  };
  if (![line.value, line.min, line.max].every(Number.isFinite)) {
    throw new Error(`the bench ${bench} reports no finite number for ${figure.figure}`);
  }
  return line;
}

export function median(samples: readonly number[]): number {
  if (samples.length === 0) return Number.NaN;
  const sorted = samples.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? Number.NaN) + upper) / 2;
}

/** Whether the figure is as good as its target asks; undefined where there is no target. */
export function meetsTarget({ value, target, better }: FigureLine): boolean | undefined {
  if (target === null) return undefined;
  return better === 'higher' ? value >= target : value <= target;
}

export function figureTable(lines: readonly FigureLine[]): string {
  const rows = lines.map((line) => [
    line.bench,
    line.figure,
    shown(line.value),
    line.unit,
    line.target === null ? '' : `${line.better === 'higher' ? '≥' : '≤'} ${shown(line.target)}`,
    { true: 'met', false: 'missed', undefined: '' }[String(meetsTarget(line))] ?? '',
    line.n > 1 ? `${shown(line.min)} … ${shown(line.max)}, n = ${line.n}` : '',
  ]);
  return table([['bench', 'figure', 'value', 'unit', 'target', '', 'range'], ...rows], [2, 4]);
}

/** Four significant digits, without an exponent. */
function shown(value: number): string {
  if (Math.abs(value) >= 1000) return String(Math.round(value));
  return String(Number(value.toPrecision(4)));
}
