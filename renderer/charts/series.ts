export type X = number | string;

export interface ChartSeries {
  readonly name: string;
  readonly points: readonly (readonly [X, number | null])[];
  /** Intervals around the line: x, lower, upper. */
  readonly band?: readonly (readonly [X, number, number])[];
  readonly dashed?: boolean;
  /** `--label-N` of this series; without it the next in order. */
  readonly colour?: 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8;
  /** Draws against the right-hand axis. */
  readonly rightAxis?: boolean;
}

export interface Axis {
  readonly title: string;
  readonly unit?: string;
  readonly min?: number;
  readonly max?: number;
}

/** A level or moment worth a line of its own: a threshold, a release. */
export interface Mark {
  readonly axis: 'x' | 'y';
  readonly at: X;
  readonly label: string;
}

export function axisName(axis: Axis): string {
  return axis.unit === undefined || axis.unit === '' ? axis.title : `${axis.title} (${axis.unit})`;
}

/** Numbers on an axis, short. */
export function axisNumber(value: number): string {
  const size = Math.abs(value);
  if (size >= 1e6) return `${trim(value / 1e6)}M`;
  if (size >= 1e4) return `${trim(value / 1e3)}k`;
  return trim(value);
}

const trim = (value: number): string => String(Number(value.toPrecision(4)));

/** Whether the last values lie far enough apart for a name at the end of each line; if not, a legend serves. */
export function endsApart(series: readonly ChartSeries[]): boolean {
  const values = series.flatMap(({ points }) => points.map(([, y]) => y)).filter((y) => y !== null);
  const range =
    values.reduce((most, y) => Math.max(most, y), -Infinity) -
    values.reduce((least, y) => Math.min(least, y), Infinity);
  const ends = series
    .flatMap(({ points }) => points.findLast(([, y]) => y !== null)?.[1] ?? [])
    .toSorted((a, b) => a - b);
  return ends.every((end, at) => at === 0 || end - (ends[at - 1] ?? end) > range * 0.12);
}
