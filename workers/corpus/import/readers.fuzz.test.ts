import fc from 'fast-check';
import { afterAll, expect, test } from 'vitest';
import type { ImportFormat } from '../../api/corpus.ts';
import { MedspanError } from '../../api/errors.ts';
import type { ReadItem } from './read-item.ts';
import { testFiles } from './test-files.ts';

const files = testFiles();
afterAll(() => files.remove());

/** Bytes that look a little like each format, and bytes that look like nothing. */
const pieces = fc.constantFrom(
  '{"text":"ab🙂c","spans":[{"start":0,"end":2,"label":"D"}]}',
  '{"text":',
  '"',
  '}',
  '{',
  '[',
  '\n',
  '\r\n',
  '\n\n',
  '\t',
  ' ',
  'B-D',
  'I-D',
  'O',
  'I-',
  '-DOCSTART-',
  'word',
  'D',
  'T',
  '\u0000',
  '\ufeff',
  'é',
  '🙂',
  '"spans":[[0,1,"D"]]',
  '\\ud800',
  '1e999',
);
const content = fc.oneof(
  fc.array(pieces, { maxLength: 60 }).map((all) => Buffer.from(all.join(''))),
  fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes)),
  fc.array(pieces, { maxLength: 30 }).map((all) => Buffer.from(all.join(''), 'utf16le')),
);

const names: Readonly<Record<ImportFormat, readonly string[]>> = {
  'token-pairs': ['x_sent', 'x_label'],
  conll: ['x.conll'],
  jsonl: ['x.jsonl'],
  text: ['x.txt'],
};

async function readOr(format: ImportFormat): Promise<ReadItem[] | MedspanError> {
  try {
    return await files.read(format);
  } catch (error) {
    if (error instanceof MedspanError) return error;
    throw error;
  }
}

test.each(Object.entries(names) as [ImportFormat, readonly string[]][])(
  '%s: whatever the bytes, only MedspanError is thrown, and every span fits its text',
  async (format, fileNames) => {
    await fc.assert(
      fc.asyncProperty(fc.array(content, { minLength: 2, maxLength: 2 }), async (contents) => {
        const written = fileNames.map((name, index) =>
          files.write(`${format}/${name}`, contents[index] ?? Buffer.alloc(0)),
        );
        expect(written.length).toBe(fileNames.length);
        const items = await readOr(format);
        if (items instanceof MedspanError) return;
        for (const item of items) {
          if (item.kind !== 'note') continue;
          expect(item.text.trim()).not.toBe('');
          expect(item.text).not.toContain('\0');
          expect(Buffer.from(item.text, 'utf8').toString('utf8')).toBe(item.text);
          for (const { start, end, label } of item.spans) {
            expect(start).toBeLessThan(end);
            expect(end).toBeLessThanOrEqual(item.text.length);
            expect(label).not.toBe('');
          }
        }
      }),
      { numRuns: 150, seed: 20260302 },
    );
  },
);
