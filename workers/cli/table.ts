/** Rows as aligned columns; numbers stand on the right. */
export function table(
  rows: readonly Readonly<Record<string, unknown>>[],
  columns: readonly string[],
): string[] {
  if (rows.length === 0) return ['(none)'];
  const cells = rows.map((row) => columns.map((column) => show(row[column])));
  const widths = columns.map((column, at) =>
    Math.max(column.length, ...cells.map((line) => line[at]?.length ?? 0)),
  );
  const right = columns.map((column) =>
    rows.every((row) => typeof row[column] === 'number' || row[column] === null),
  );
  const line = (values: readonly string[]): string =>
    values
      .map((value, at) =>
        right[at] === true ? value.padStart(widths[at] ?? 0) : value.padEnd(widths[at] ?? 0),
      )
      .join('  ')
      .trimEnd();
  return [line(columns), ...cells.map(line)];
}

/** One line a property, for a single thing. */
export function properties(thing: Readonly<Record<string, unknown>>): string[] {
  const width = Math.max(...Object.keys(thing).map((key) => key.length));
  return Object.entries(thing).map(([key, value]) => `${key.padEnd(width)}  ${show(value)}`);
}

function show(value: unknown): string {
  if (value === null || value === undefined) return '–';
  if (typeof value === 'number') return Number.isInteger(value) ? String(value) : value.toPrecision(4);
  if (typeof value === 'string') return value;
  return JSON.stringify(value);
}
