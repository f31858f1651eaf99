import { createHash } from 'node:crypto';
import { createDecoder, createEncodingProbe } from './encoding.ts';
import { longestNote } from './limits.ts';
import type { ReadItem } from './read-item.ts';
import { partOfName, rejected, textProblem } from './read-item.ts';
import type { NamedFile, Reading } from './source-file.ts';
import { readPieces } from './source-file.ts';

/** One file is one note. Its text is what the bytes say: line breaks and blanks stay as they are. */
export async function* readText(
  file: NamedFile,
  externalId: string,
  reading: Reading,
): AsyncGenerator<ReadItem> {
  const hash = createHash('sha256');
  const probe = createEncodingProbe();
  const pieces: Buffer[] = [];
  let bytes = 0;
  for await (const piece of readPieces(file, reading)) {
    bytes += piece.length;
    if (bytes > longestNote * 4) {
      yield rejected(
        file.name,
        null,
        'The file is larger than 4 MB, too long for one note. Divide it, or choose another format.',
      );
      return;
    }
    hash.update(piece);
    probe.add(piece);
    pieces.push(Buffer.from(piece));
  }
  const encoding = probe.result();
  if (encoding === null) {
    yield rejected(file.name, null, notText);
    return;
  }
  const decoder = createDecoder(encoding);
  const text = pieces.map((piece) => decoder.write(piece)).join('') + decoder.end();
  const problem =
    bytes === 0 ? emptyFile : text.trim() === '' ? 'The file holds nothing but blanks.' : textProblem(text);
  if (problem !== null) {
    yield rejected(file.name, null, problem);
    return;
  }
  yield { kind: 'file', file: { ...file, bytes, sha256: hash.digest('hex'), encoding } };
  yield {
    kind: 'note',
    file: file.name,
    line: 1,
    externalId,
    text,
    tokenOffsets: null,
    spans: [],
    links: [],
    annotated: false,
    part: partOfName(file.name.split('/').slice(0, -1).join('/')),
  };
}

export const emptyFile = 'The file is empty.';
export const notText =
  'The file is no text in UTF-8, UTF-16 or Windows-1252. Choose the text it was made from, or export it as UTF-8.';
