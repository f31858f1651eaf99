/**
 * Turns a list of lists round: which rows hold a column, rows rising within each column.
 *
 * @param starts row r holds `columns[starts[r] .. starts[r + 1])`
 * @param outStarts filled: column c is held by `outRows[outStarts[c] .. outStarts[c + 1])`
 * @param onEntry told where each original entry went, for values
 */
export function transposeInto(
  starts: Int32Array,
  columns: Int32Array,
  outStarts: Int32Array,
  outRows: Int32Array,
  onEntry?: (place: number, entry: number) => void,
): void {
  outStarts.fill(0);
  for (let index = 0; index < columns.length; index++) {
    const slot = columns[index]! + 1;
    outStarts[slot] = outStarts[slot]! + 1;
  }
  for (let index = 1; index < outStarts.length; index++)
    outStarts[index] = outStarts[index]! + outStarts[index - 1]!;
  const next = outStarts.slice();
  for (let row = 0; row + 1 < starts.length; row++) {
    for (let entry = starts[row]!; entry < starts[row + 1]!; entry++) {
      const column = columns[entry]!;
      const place = next[column]!;
      next[column] = place + 1;
      outRows[place] = row;
      if (onEntry !== undefined) onEntry(place, entry);
    }
  }
}
