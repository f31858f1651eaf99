import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { runNode } from '../test-run/command.ts';
import { packageFile } from '../setup/package-file.ts';
import { projectRoot } from '../setup/places.mjs';

/** A small project that breaks the import table in a different way in each file. */
const files: Record<string, string> = {
  'crf-core/index.ts': `import { readFileSync } from 'node:fs';\nexport const read = readFileSync;\n`,
  'crf-core/text/offsets.ts': `export const offset = 1;\n`,
  'workers/api/corpus.ts': `export interface Note { id: number }\n`,
  'workers/corpus/service.ts': `import { train } from '../training/service.ts';\nexport const notes = train;\n`,
  'workers/corpus/queries.ts': `export const query = 'select 1';\n`,
  'workers/training/service.ts': `export const train = 1;\n`,
  'workers/training/run.ts': `import { query } from '../corpus/queries.ts';\nexport const run = query;\n`,
  'workers/registry/a.ts': `import { b } from './b.ts';\nexport const a = b;\n`,
  'workers/registry/b.ts': `import { a } from './a.ts';\nexport const b = a;\n`,
  'renderer/corpus/List.tsx': `import { notes } from '../../workers/corpus/service.ts';\nexport const list = notes;\n`,
  'renderer/training/Chart.tsx': `import { list } from '../corpus/List.tsx';\nexport const chart = list;\n`,
  'renderer/app/App.tsx': `import { offset } from '../../crf-core/text/offsets.ts';\nimport type { Note } from '../../workers/api/corpus.ts';\nexport const app = (note: Note) => note.id + offset;\n`,
};

let folder: string;
let report: string;

beforeAll(async () => {
  folder = realpathSync(mkdtempSync(path.join(tmpdir(), 'import-table-')));
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
    writeFileSync(path.join(folder, file), text);
  }
  const rules = path.join(projectRoot, '.dependency-cruiser.cjs');
  const result = await runNode(
    [
      packageFile('dependency-cruiser', 'bin/dependency-cruise.mjs'),
      ...['--config', rules, '--output-type', 'err', 'crf-core', 'workers', 'renderer'],
    ],
    { name: 'import-table', folder, minutes: 1 },
  );
  expect(result.ok).toBe(false);
  report = result.output;
}, 60_000);

afterAll(() => rmSync(folder, { recursive: true, force: true }));

test.each([
  ['a module of Node in the engine', 'crf-core-no-node: crf-core/index.ts → fs'],
  ['a later area', 'workers-corpus-imports: workers/corpus/service.ts → workers/training/service.ts'],
  [
    'the inside of an earlier area',
    'workers-training-imports: workers/training/run.ts → workers/corpus/queries.ts',
  ],
  [
    'a service, from the window',
    'renderer-corpus-imports: renderer/corpus/List.tsx → workers/corpus/service.ts',
  ],
  [
    "another area's part of the window",
    'renderer-training-imports: renderer/training/Chart.tsx → renderer/corpus/List.tsx',
  ],
  ['a circle', 'no-circles: workers/registry/'],
])('the check refuses %s', (_what, line) => {
  expect(report).toContain(line);
});

test('the check lets through what the table allows', () => {
  expect(report).not.toContain('renderer/app/App.tsx');
});
