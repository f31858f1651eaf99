import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { TestWorkspace } from '../engine/test-workspace.ts';
import { openTestWorkspace } from '../engine/test-workspace.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'medspan-recovery-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const count = 12_000;

function writeNotes(name: string): string {
  const path = join(folder, name);
  const line = (index: number): string =>
    JSON.stringify({
      id: `n${String(index)}`,
      text: `Fever of day ${String(index)}. `.repeat(8),
      spans: [{ start: 0, end: 5, label: 'Disease' }],
    });
  writeFileSync(path, Array.from({ length: count }, (_, index) => line(index)).join('\n'));
  return path;
}

const labels = { Disease: { action: 'map', label: 'Disease' } } as const;

async function spans(workspace: TestWorkspace): Promise<number> {
  const row = workspace.context.db.prepare<[], { n: number }>('SELECT count(*) AS n FROM span').get();
  return Promise.resolve(row?.n ?? 0);
}

test('an import killed in the middle is invisible, and goes on without a note twice', async () => {
  const notes = writeNotes('notes.jsonl');
  const file = join(folder, 'killed.medspan');
  const script = fileURLToPath(new URL('./test-killed-import.ts', import.meta.url));
  const child = spawn(process.execPath, [script, file, notes], { stdio: ['ignore', 'pipe', 'inherit'] });
  await new Promise<void>((resolve, reject) => {
    child.on('error', reject);
    // The first line says that a third is committed; then it dies as a machine dies.
    child.stdout.once('data', () => child.kill('SIGKILL'));
    child.on('exit', () => resolve());
  });

  const workspace = await openTestWorkspace({ path: file, threads: 'none' });
  try {
    const [corpus] = await workspace.call('corpus.list', {});
    const corpusId = corpus?.id ?? 0;
    expect((await workspace.call('corpus.notes', { corpusId })).total).toBe(0);
    const [row] = await workspace.call('corpus.imports', { corpusId });
    expect(row).toMatchObject({ state: 'interrupted', visible: false });
    expect(row?.noteCount).toBeGreaterThan(0);
    expect(row?.noteCount).toBeLessThan(count);

    await expect(
      workspace.call('corpus.startImport', { corpusId, paths: [notes], format: 'jsonl' }),
    ).rejects.toMatchObject({
      code: 'NOT_ALLOWED',
      message: expect.stringContaining('Resume or discard') as string,
    });

    const result = await workspace.services.corpus.importFiles({
      corpusId,
      paths: [notes],
      format: 'jsonl',
      labels,
    });
    expect(result).toMatchObject({ importId: row?.id, notes: count, spans: count, rejected: 0, skipped: 0 });
    expect((await workspace.call('corpus.notes', { corpusId })).total).toBe(count);
    expect(await spans(workspace)).toBe(count);
  } finally {
    await workspace.close();
  }
}, 60_000);

test('closing the workspace interrupts an import; a file that changed since cannot go on, and is discarded', async () => {
  const notes = writeNotes('notes.jsonl');
  const file = join(folder, 'closed.medspan');
  let workspace = await openTestWorkspace({ threads: 'none' });
  await workspace.call('workspace.create', { path: file });
  await workspace.close();

  workspace = await openTestWorkspace({ path: file, threads: 'none' });
  const { id: corpusId } = await workspace.call('corpus.create', { name: 'C' });
  const progressed = new Promise<void>((resolve) => {
    workspace.context.events.on('job.changed', (job) => {
      if ((job.progress ?? 0) > 0.6) resolve();
    });
  });
  workspace.services.corpus
    .importFiles({ corpusId, paths: [notes], format: 'jsonl', labels })
    .catch(() => undefined);
  await progressed;
  await workspace.close();

  workspace = await openTestWorkspace({ path: file, threads: 'none' });
  try {
    const [row] = await workspace.call('corpus.imports', { corpusId });
    expect(row).toMatchObject({ state: 'interrupted', visible: false });
    writeFileSync(notes, '{"id":"other","text":"Another file now."}\n');
    await expect(
      workspace.services.corpus.importFiles({ corpusId, paths: [notes], format: 'jsonl', labels }),
    ).rejects.toMatchObject({ code: 'BAD_FILE', message: expect.stringContaining('has changed') as string });
    expect((await workspace.call('corpus.notes', { corpusId })).total).toBe(0);
    const again = await workspace.services.corpus.importFiles({
      corpusId,
      paths: [notes],
      format: 'jsonl',
      labels,
    });
    expect(again).toMatchObject({ notes: 1 });
    expect(await spans(workspace)).toBe(0);
  } finally {
    await workspace.close();
  }
}, 60_000);
