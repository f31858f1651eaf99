/** One line of the source, without its line break. UTF-16, end exclusive. */
export interface TextLine {
  readonly start: number;
  readonly end: number;
}

/** The source's own lines: LF, CRLF and CR all end one. An empty text has one empty line. */
export function splitLines(text: string): readonly TextLine[] {
  const lines: TextLine[] = [];
  let start = 0;
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    if (code !== 10 && code !== 13) continue;
    lines.push({ start, end: index });
    if (code === 13 && text.charCodeAt(index + 1) === 10) index += 1;
    start = index + 1;
  }
  lines.push({ start, end: text.length });
  return lines;
}

/** Index of the line that holds an offset; an offset inside a line break belongs to the line before it. */
export function lineAt(lines: readonly TextLine[], offset: number): number {
  let low = 0;
  let high = lines.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((lines[middle]?.start ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
}
