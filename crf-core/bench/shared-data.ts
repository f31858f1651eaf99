import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';

/** The folder of corpora beside the project; absent on most machines. */
export const sharedData = join(dirname(fileURLToPath(import.meta.url)), '..', '..', '..', 'shared', 'data');

/** Whether the corpora are there; tests that need them are skipped and counted otherwise. */
export const hasSharedData = existsSync(join(sharedData, 'README.md'));

/** Text of a shared file, unpacked where it ends in `.gz`. */
export function readShared(path: string): string {
  const bytes = readSharedBytes(path);
  return new TextDecoder().decode(bytes);
}

/** Bytes of a shared file, unpacked where it ends in `.gz`. */
export function readSharedBytes(path: string): Uint8Array {
  const bytes = readFileSync(join(sharedData, path));
  return path.endsWith('.gz') ? gunzipSync(bytes) : bytes;
}

/** A sentence with one tag a token. */
export interface CorpusSentence {
  readonly tokens: string[];
  readonly tags: string[];
}

/** BeHealthy's sentences with IO tags. */
export function readBehealthy(part: 'train' | 'test'): CorpusSentence[] {
  const blocks = (name: string): string[][] =>
    readShared(`behealthy/${part}_${name}`)
      .trim()
      .split(/\n\n+/)
      .map((block) => block.split('\n').map((line) => line.trim()));
  const labels = blocks('label');
  return blocks('sent').map((tokens, index) => ({
    tokens,
    tags: labels[index]!.map((label) => (label === 'O' ? label : `I-${label}`)),
  }));
}

/** BC5CDR's sentences with IOB2 tags. */
export function readBc5cdr(part: 'train' | 'devel'): CorpusSentence[] {
  return readShared(`bc5cdr/${part}.tsv`)
    .trim()
    .split(/\n\n+/)
    .map((block) => {
      const rows = block.split('\n').map((line) => line.split('\t'));
      return { tokens: rows.map(([token]) => token!), tags: rows.map(([, tag]) => tag!.trim()) };
    });
}
