/** The numbers of a chart as a table: what is read aloud, shown one key away and exported. */
export interface ChartTable {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly (string | number | null)[])[];
}

/** RFC 4180, with what a spreadsheet would take for a formula made harmless. */
export function toCsv(table: ChartTable): string {
  const lines = [table.columns, ...table.rows].map((row) => row.map(cell).join(','));
  return `${lines.join('\r\n')}\r\n`;
}

function cell(value: string | number | null): string {
  if (value === null) return '';
  if (typeof value === 'number') return String(value);
  const safe = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** Joins series that have their own points into rows by x, in order of x for numbers and of appearance for words. */
export function joinSeries(
  xTitle: string,
  series: readonly {
    readonly name: string;
    readonly points: readonly (readonly [number | string, number | null])[];
  }[],
): ChartTable {
  const rows = new Map<number | string, (number | null)[]>();
  series.forEach(({ points }, index) => {
    for (const [x, y] of points) {
      const row = rows.get(x) ?? series.map(() => null);
      row[index] = y;
      rows.set(x, row);
    }
  });
  const keys = [...rows.keys()];
  const ordered = keys.every((key): key is number => typeof key === 'number')
    ? keys.toSorted((a, b) => a - b)
    : keys;
  return {
    columns: [xTitle, ...series.map(({ name }) => name)],
    rows: ordered.map((x) => [x, ...(rows.get(x) ?? [])]),
  };
}
