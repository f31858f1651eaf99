/** A list of lists turned round: which rows hold a column. Rows rise within each column. */
export interface Transposed {
  readonly starts: Int32Array;
  readonly rows: Int32Array;
  /** Where in the original entries each one stood, for values. */
  readonly entries: Int32Array | null;
}

/**
 * Transposes a compressed list of lists.
 * @param withEntries keep the original position of each entry
 */
export function transpose(
  starts: Int32Array,
  columns: Int32Array,
  columnCount: number,
  withEntries: boolean,
): Transposed {
  const counts = new Int32Array(columnCount + 1);
  for (let index = 0; index < columns.length; index++) counts[columns[index]! + 1]!++;
  for (let index = 0; index < columnCount; index++) counts[index + 1] = counts[index + 1]! + counts[index]!;
  const next = counts.slice();
  const rows = new Int32Array(columns.length);
  const entries = withEntries ? new Int32Array(columns.length) : null;
  for (let row = 0; row + 1 < starts.length; row++) {
    for (let at = starts[row]!; at < starts[row + 1]!; at++) {
      const place = next[columns[at]!]!++;
      rows[place] = row;
      if (entries !== null) entries[place] = at;
    }
  }
  return { starts: counts, rows, entries };
}
