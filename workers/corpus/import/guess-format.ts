import type { ImportFormat } from '../../api/corpus.ts';
import { createDecoder, createEncodingProbe } from './encoding.ts';
import type { FoundFile } from './sources.ts';
import { arrangeSources } from './sources.ts';
import { readPieces } from './source-file.ts';

export interface Guess {
  readonly format: ImportFormat;
  readonly because: string;
}

/** The format by the names of the files, and where they are silent, by the first lines of the largest. */
export async function guessFormat(files: readonly FoundFile[], signal: AbortSignal): Promise<Guess> {
  if (arrangeSources(files, 'token-pairs').sources.length > 0) {
    return {
      format: 'token-pairs',
      because: 'files ending in _sent have files ending in _label beside them',
    };
  }
  const endings = [
    ['jsonl', /\.(jsonl|ndjson)$/i],
    ['conll', /\.(conll|iob2?|bio)$/i],
  ] as const;
  for (const [format, ending] of endings) {
    const count = files.filter((file) => ending.test(file.name)).length;
    if (count > 0 && count * 2 >= files.length)
      return { format, because: `most names end as ${format} files do` };
  }
  const largest = files.reduce<FoundFile | null>(
    (best, file) => (best === null || file.bytes > best.bytes ? file : best),
    null,
  );
  const head = largest === null ? '' : await readHead(largest, signal);
  const lines = head.split(/\r?\n/).slice(0, -1);
  if (/^\s*\{/.test(head))
    return { format: 'jsonl', because: `${largest?.name ?? ''} begins with a JSON object` };
  const tagged = lines.filter((line) => /\S[\t ]+(O|[BIESLU]-\S+)\s*$/.test(line)).length;
  const filled = lines.filter((line) => line.trim() !== '').length;
  if (filled >= 3 && tagged >= filled * 0.9) {
    return { format: 'conll', because: `lines of ${largest?.name ?? ''} are a token and a tag` };
  }
  return { format: 'text', because: 'nothing else fits; each file becomes one note' };
}

async function readHead(file: FoundFile, signal: AbortSignal): Promise<string> {
  for await (const piece of readPieces(file, { signal })) {
    const head = piece.subarray(0, 8192 < piece.length ? 8192 : piece.length);
    const probe = createEncodingProbe();
    probe.add(head);
    // A head may end within a character, which makes it look like Windows-1252; for a guess that is no harm.
    return createDecoder(probe.result() ?? 'windows-1252').write(Buffer.from(head));
  }
  return '';
}
