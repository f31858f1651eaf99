import type { TokenRun } from './sentence.ts';

/** What a column of tags says, and what had to be tolerated in it. */
export interface TagReading {
  readonly runs: readonly TokenRun[];
  /** Spans that begin with `I-` as IOB1 has it, or after another label. */
  readonly withoutBegin: number;
  /** Index of the first tag that is none, or -1. */
  readonly badTag: number;
}

const tagShape = /^([BIOESLUM])(?:[-_](.{1,80}))?$/;

/** Reads IOB2, and tolerates IOB1, IOBES and BILOU. */
export function readTags(tags: readonly string[]): TagReading {
  const runs: TokenRun[] = [];
  let withoutBegin = 0;
  let open: { label: string; start: number } | null = null;

  function close(end: number): void {
    if (open !== null) runs.push({ label: open.label, start: open.start, end });
    open = null;
  }

  for (const [index, tag] of tags.entries()) {
    const [, prefix, label] = tagShape.exec(tag) ?? [];
    if (prefix === undefined || (prefix === 'O') !== (label === undefined))
      return { runs, withoutBegin, badTag: index };
    if (prefix === 'O' || label === undefined) {
      close(index);
    } else if (prefix === 'B' || prefix === 'S' || prefix === 'U') {
      close(index);
      open = { label, start: index };
    } else if (open === null || (open as { label: string }).label !== label) {
      close(index);
      open = { label, start: index };
      withoutBegin++;
    }
    if (prefix === 'S' || prefix === 'U' || prefix === 'E' || prefix === 'L') close(index + 1);
  }
  close(tags.length);
  return { runs, withoutBegin, badTag: -1 };
}

/** Reads the tags of several sentences; no span goes over the end of one. */
export function readSentenceTags(tags: readonly string[], lengths: readonly number[]): TagReading {
  const runs: TokenRun[] = [];
  let withoutBegin = 0;
  let start = 0;
  for (const length of lengths) {
    const reading = readTags(tags.slice(start, start + length));
    if (reading.badTag >= 0) return { runs, withoutBegin, badTag: start + reading.badTag };
    for (const run of reading.runs) runs.push({ ...run, start: run.start + start, end: run.end + start });
    withoutBegin += reading.withoutBegin;
    start += length;
  }
  return { runs, withoutBegin, badTag: -1 };
}
