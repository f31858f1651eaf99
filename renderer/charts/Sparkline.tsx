interface SparklineProps {
  readonly values: readonly number[];
  /** Read aloud: what the line shows. */
  readonly label: string;
  readonly width?: number;
  readonly height?: number;
}

/** A trend as a line without axes; the last value has a dot. Nothing for fewer than two values. */
export function Sparkline({ values, label, width = 96, height = 24 }: SparklineProps) {
  const last = values.at(-1);
  if (values.length < 2 || last === undefined) return null;
  const low = Math.min(...values);
  const spread = Math.max(...values) - low;
  const x = (index: number): number => 3 + (index / (values.length - 1)) * (width - 6);
  const y = (value: number): number =>
    spread === 0 ? height / 2 : height - 3 - ((value - low) / spread) * (height - 6);
  const points = values.map((value, index) => `${x(index).toFixed(1)},${y(value).toFixed(1)}`).join(' ');
  return (
    <svg
      className="sparkline"
      role="img"
      aria-label={label}
      width={width}
      height={height}
      viewBox={`0 0 ${width} ${height}`}
    >
      <polyline points={points} fill="none" stroke="var(--accent)" strokeWidth={1.5} strokeLinejoin="round" />
      <circle cx={x(values.length - 1)} cy={y(last)} r={2.5} fill="var(--accent)" />
    </svg>
  );
}
