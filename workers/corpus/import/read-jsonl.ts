import type { OffsetUnit, Part } from '../../api/corpus.ts';
import { readJsonNote } from './json-note.ts';
import { readLines, tooLongLine } from './lines.ts';
import type { ReadItem } from './read-item.ts';
import { rejected } from './read-item.ts';
import type { ProbedFile, Reading } from './source-file.ts';

export interface JsonlFile {
  readonly file: ProbedFile;
  readonly idPrefix: string;
  readonly part: Part | null;
  readonly offsetUnit: OffsetUnit;
}

/** One JSON object a line; blank lines are passed over. */
export async function* readJsonl(source: JsonlFile, reading: Reading): AsyncGenerator<ReadItem> {
  for await (const lines of readLines(source.file, reading)) {
    for (const { number, text } of lines) {
      if (text === null) yield rejected(source.file.name, number, tooLongLine);
      else if (text.trim() !== '') yield* readLine(source, number, text);
    }
  }
}

function* readLine(source: JsonlFile, line: number, text: string): Generator<ReadItem> {
  const file = source.file.name;
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    yield rejected(file, line, 'The line is not JSON. Each line must hold one object.');
    return;
  }
  const note = readJsonNote(value, source.offsetUnit);
  if (typeof note === 'string') {
    yield rejected(file, line, note);
    return;
  }
  const { id, usedCodePoints, ...rest } = note;
  if (usedCodePoints) {
    yield {
      kind: 'notice',
      text: `${file}: some offsets fit their quotes only when counted in code points; so they were read.`,
    };
  }
  yield {
    kind: 'note',
    ...rest,
    file,
    line,
    externalId: id ?? `${source.idPrefix}/${String(line)}`,
    part: rest.part ?? source.part,
  };
}
