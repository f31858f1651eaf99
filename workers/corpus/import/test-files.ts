import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { ImportFormat } from '../../api/corpus.ts';
import type { ReadItem } from './read-item.ts';
import type { ReadingOptions } from './read-sources.ts';
import { readSource } from './read-sources.ts';
import { arrangeSources, findFiles } from './sources.ts';

/** Real files in a folder of their own, for tests of readers. */
export interface TestFiles {
  readonly folder: string;
  write(name: string, content: string | Buffer): string;
  /** Reads everything in the folder as a format. */
  read(format: ImportFormat, options?: Partial<ReadingOptions>, signal?: AbortSignal): Promise<ReadItem[]>;
  remove(): void;
}

export function testFiles(): TestFiles {
  const root = mkdtempSync(join(tmpdir(), 'medspan-read-'));
  const folder = join(root, 'set');
  mkdirSync(folder);
  return {
    folder,
    write(name, content) {
      const path = join(folder, name);
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, content);
      return path;
    },
    async read(format, options = {}, signal = new AbortController().signal) {
      const { sources, rejected } = arrangeSources(await findFiles([folder]), format);
      const items: ReadItem[] = rejected.map((row) => ({ kind: 'rejected', ...row }));
      const whole: ReadingOptions = { format, offsetUnit: 'auto', unit: 'document', ...options };
      for (const source of sources) {
        for await (const item of readSource(source, whole, { signal })) items.push(item);
      }
      return items;
    },
    remove: () => rmSync(root, { recursive: true, force: true }),
  };
}

export const notesOf = (items: readonly ReadItem[]) => items.filter((item) => item.kind === 'note');
export const rejectionsOf = (items: readonly ReadItem[]) =>
  items.flatMap((item) =>
    item.kind === 'rejected' ? [`${item.file}:${String(item.line)} ${item.reason}`] : [],
  );
/** Spans as label and covered text. */
export const quotesOf = (items: readonly ReadItem[]) =>
  notesOf(items).map((note) =>
    note.spans.map(({ label, start, end }) => `${label} ${note.text.slice(start, end)}`),
  );
