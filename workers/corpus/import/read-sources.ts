import type { ImportSource, Rejection } from '../../api/corpus.ts';
import { MedspanError } from '../../api/errors.ts';
import { readConll } from './read-conll.ts';
import type { ReadItem } from './read-item.ts';
import { partOfName, rejected } from './read-item.ts';
import { readJsonl } from './read-jsonl.ts';
import { emptyFile, notText, readText } from './read-text.ts';
import { readTokenPairs } from './read-token-pairs.ts';
import type { ProbedFile, Reading } from './source-file.ts';
import { probeFile } from './source-file.ts';
import type { FoundFile, Source } from './sources.ts';

export type ReadingOptions = Pick<ImportSource, 'format' | 'offsetUnit' | 'unit'>;

/** How often the bytes of a source pass by: line formats are read once for their encoding, once for their lines. */
export function passes(format: ImportSource['format']): number {
  return format === 'text' ? 1 : 2;
}

/**
 * Everything that a source holds, in its order. Reading the same bytes again gives the same items, which is what
 * lets an import go on by counting them.
 */
export async function* readSource(
  source: Source,
  options: ReadingOptions,
  reading: Reading,
): AsyncGenerator<ReadItem> {
  if (options.format === 'text') {
    yield* readText(source.file, source.file.idPrefix, reading);
    return;
  }
  const file = await probe(source.file, reading);
  if ('kind' in file) {
    yield file;
    return;
  }
  yield { kind: 'file', file };
  const common = { idPrefix: source.file.idPrefix, part: partOfName(source.file.idPrefix) };
  let read = 0;
  const counting: Reading = {
    signal: reading.signal,
    onBytes(bytes) {
      read += bytes;
      reading.onBytes?.(bytes);
    },
  };
  if (options.format === 'token-pairs') {
    const labels =
      source.labels === null
        ? rejected(file.name, null, 'It has no label file.')
        : await probe(source.labels, { signal: reading.signal });
    if ('kind' in labels) {
      yield labels;
      return;
    }
    yield { kind: 'file', file: labels };
    yield* readTokenPairs({ sentences: file, labels, ...common }, counting);
  } else if (options.format === 'conll') {
    yield* readConll({ file, ...common, unit: options.unit }, counting);
  } else {
    yield* readJsonl({ file, ...common, offsetUnit: options.offsetUnit }, counting);
  }
  if (read !== file.bytes) {
    throw new MedspanError(
      'BAD_FILE',
      `${file.name} changed while it was read. Import it again once nothing writes to it.`,
      {
        file: file.name,
      },
    );
  }
}

async function probe(
  file: FoundFile,
  reading: Reading,
): Promise<ProbedFile | (Rejection & { kind: 'rejected' })> {
  const { encoding, ...facts } = await probeFile(file, reading);
  if (facts.bytes === 0) return rejected(file.name, null, emptyFile);
  if (encoding === null) return rejected(file.name, null, notText);
  return { ...facts, encoding };
}
