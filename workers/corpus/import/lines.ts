import { createDecoder } from './encoding.ts';
import { longestLine } from './limits.ts';
import type { ProbedFile, Reading } from './source-file.ts';
import { readPieces } from './source-file.ts';

export interface Line {
  /** From 1. */
  readonly number: number;
  /** Without its line break; null where the line is longer than {@link longestLine} and was not kept. */
  readonly text: string | null;
}

/**
 * The lines of a file, a batch for each piece read. LF and CRLF end a line. A line without end is never held
 * whole: what is beyond the limit flows past.
 */
export async function* readLines(file: ProbedFile, reading: Reading): AsyncGenerator<readonly Line[]> {
  const decoder = createDecoder(file.encoding);
  let rest: string[] = [];
  let restLength = 0;
  let tooLong = false;
  let number = 0;

  function take(text: string): Line[] {
    const lines: Line[] = [];
    let start = 0;
    for (let end = text.indexOf('\n'); end >= 0; start = end + 1, end = text.indexOf('\n', start)) {
      keep(text.slice(start, end));
      lines.push(finish());
    }
    keep(text.slice(start));
    return lines;
  }

  function keep(piece: string): void {
    if (piece.length === 0 || tooLong) return;
    restLength += piece.length;
    if (restLength > longestLine) {
      tooLong = true;
      rest = [];
      return;
    }
    rest.push(piece);
  }

  function finish(): Line {
    number++;
    const whole = rest.length === 1 ? (rest[0] ?? '') : rest.join('');
    const line: Line = {
      number,
      text: tooLong ? null : whole.endsWith('\r') ? whole.slice(0, -1) : whole,
    };
    rest = [];
    restLength = 0;
    tooLong = false;
    return line;
  }

  for await (const piece of readPieces(file, reading)) {
    const lines = take(decoder.write(piece));
    if (lines.length > 0) yield lines;
  }
  const last = take(decoder.end());
  if (restLength > 0) last.push(finish());
  if (last.length > 0) yield last;
}

export const tooLongLine = `The line is longer than ${String(longestLine / 1024 / 1024)} million characters. Check that the file has line breaks and is of the chosen format.`;
