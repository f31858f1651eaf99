import { mkdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { SampleNote } from './make-notes.ts';
import { makeCorpus, makeWeek } from './make-notes.ts';

/** Every file of the sample and its content. The same seed gives the same bytes on every machine. */
export function sampleFiles(): Map<string, string> {
  const files = new Map<string, string>([['notes.jsonl', toLines(makeCorpus())]]);
  for (const week of [1, 2, 3, 4]) {
    const notes = makeWeek(week);
    files.set(
      `production/week-${String(week)}.jsonl`,
      toLines(notes.map(({ spans: _spans, links: _links, ...unlabelled }) => unlabelled)),
    );
    files.set(
      `production/gold/week-${String(week)}.jsonl`,
      toLines(notes.map(({ id, spans, links }) => ({ id, spans, links }))),
    );
  }
  return files;
}

function toLines(rows: readonly (SampleNote | object)[]): string {
  return rows.map((row) => `${JSON.stringify(row)}\n`).join('');
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const root = fileURLToPath(new URL('../../resources/sample/', import.meta.url));
  for (const [name, content] of sampleFiles()) {
    mkdirSync(new URL(`${name.split('/').slice(0, -1).join('/')}/`, `file://${root}`), { recursive: true });
    writeFileSync(`${root}${name}`, content);
    console.log(
      `${name}: ${String(content.split('\n').length - 1)} lines, ${String(Buffer.byteLength(content))} bytes`,
    );
  }
}
