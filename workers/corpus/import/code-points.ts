/** Turns offsets counted in code points into UTF-16 offsets of one text. */
export function codePointIndex(text: string): (offset: number) => number {
  // Without a surrogate pair the two counts are the same, which is nearly always.
  if (!/[\ud800-\udbff]/.test(text)) return (offset) => offset;
  const starts: number[] = [];
  for (let position = 0; position < text.length;) {
    starts.push(position);
    position += (text.codePointAt(position) ?? 0) > 0xffff ? 2 : 1;
  }
  starts.push(text.length);
  return (offset) => starts[offset] ?? Number.NaN;
}
