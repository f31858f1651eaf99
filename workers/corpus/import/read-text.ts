import { createDecoder } from './encoding.ts';
import { longestNote } from './limits.ts';
import type { ReadItem } from './read-item.ts';
import { partOfName, rejected, textProblem } from './read-item.ts';
import type { ProbedFile, Reading } from './source-file.ts';
import { readPieces } from './source-file.ts';

/** One file is one note. Its text is what the bytes say: line breaks and blanks stay as they are. */
export async function* readText(file: ProbedFile, reading: Reading): AsyncGenerator<ReadItem> {
  if (file.bytes > longestNote * 4) {
    yield rejected(file.name, null, `The file has ${String(file.bytes)} bytes, too many for one note. Divide it.`);
    return;
  }
  const decoder = createDecoder(file.encoding);
  const pieces: string[] = [];
  for await (const piece of readPieces(file, reading)) pieces.push(decoder.write(piece));
  pieces.push(decoder.end());
  const text = pieces.join('');
  const problem = text.trim() === '' ? 'The file holds nothing but blanks.' : textProblem(text);
  if (problem !== null) {
    yield rejected(file.name, null, problem);
    return;
  }
  const folder = file.name.split('/').slice(0, -1).join('/');
  yield {
    kind: 'note',
    file: file.name,
    line: 1,
    externalId: file.name.replace(/\.txt$/i, ''),
    text,
    tokenOffsets: null,
    spans: [],
    links: [],
    annotated: false,
    part: partOfName(folder),
  };
}
