import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { EngineChild } from '../fork-engine.ts';
import { spawnEngine } from '../fork-engine.ts';

let folder: string;
let engines: EngineChild[];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'medspan-engine-'));
  engines = [];
});
afterEach(async () => {
  for (const engine of engines) engine.process.kill('SIGKILL');
  await Promise.all(engines.map((engine) => engine.shutDown()));
  rmSync(folder, { recursive: true, force: true });
});

function start(env: Readonly<Record<string, string>> = {}): EngineChild {
  const engine = spawnEngine({ env });
  engines.push(engine);
  return engine;
}

describe('the engine process', () => {
  it('creates, backs up through its compute process, closes and says so', async () => {
    const path = join(folder, 'a.medspan');
    const engine = start();
    const events: string[] = [];
    engine.onEvent((event) => events.push(event.name));
    const { workspace } = await engine.call('workspace.create', { path });
    expect(workspace).toMatchObject({ path, name: 'a', protection: 'none' });
    await engine.call('workspace.useProfile', { name: 'Ada' });
    const backup = await engine.call('workspace.backupNow', {});
    expect(existsSync(backup.file)).toBe(true);
    expect(existsSync(`${path}-lock`)).toBe(true);
    await engine.shutDown();
    expect(engine.process.exitCode).toBe(0);
    expect(existsSync(`${path}-lock`)).toBe(false);
    expect(existsSync(`${path}-wal`)).toBe(false);
    expect(events).toContain('workspace.changed');
    expect(events).toContain('workspace.saved');
  });

  it('refuses a second engine the file, and lets it in once the first has died without a word', async () => {
    const path = join(folder, 'a.medspan');
    const first = start();
    await first.call('workspace.create', { path });
    const second = start();
    await expect(second.call('workspace.open', { path })).rejects.toMatchObject({
      code: 'WORKSPACE_LOCKED',
      message: expect.stringContaining(String(first.process.pid)) as string,
    });
    first.process.kill('SIGKILL');
    await first.shutDown();
    expect(existsSync(`${path}-lock`)).toBe(true);
    await expect(second.call('workspace.open', { path })).resolves.toMatchObject({ path });
  });

  it('writes a log of names and numbers only, whatever passes through it', async () => {
    const logs = join(folder, 'logs');
    const engine = start({ MEDSPAN_LOGS: logs });
    await engine.call('workspace.create', { path: join(folder, 'a.medspan') });
    await engine.call('workspace.useProfile', { name: 'Planted Zebra' });
    const { id: corpusId } = await engine.call('corpus.create', { name: 'Ward of the zebra' });
    const notes = join(folder, 'notes.jsonl');
    const broken = join(folder, 'broken.jsonl');
    writeFileSync(notes, '{"id":"1","text":"The planted zebra coughs."}\n');
    writeFileSync(broken, '{"id":"2","text":"The planted zebra sneezes.","spans":7}\n{zebra\n');
    for (const path of [notes, broken]) {
      const { jobId } = await engine.call('corpus.startImport', { corpusId, format: 'jsonl', paths: [path] });
      await ended(engine, jobId);
    }
    await engine.call('corpus.notes', { corpusId, search: 'zebra' });
    for (const input of [{ name: ['zebra'] }, { zebra: 1 }, 'zebra', null]) {
      await expect(engine.call('workspace.useProfile', input as never)).rejects.toMatchObject({
        code: 'BAD_INPUT',
      });
    }
    await expect(engine.call('zebra.run' as never, {} as never)).rejects.toMatchObject({
      code: 'UNKNOWN_METHOD',
    });
    await engine.shutDown();
    const log = readFileSync(join(logs, 'engine.log'), 'utf8');
    expect(log).toContain('workspace.opened');
    expect(log).not.toMatch(/zebra/i);
  });

  it('fills a new sample workspace with the shipped notes, and opens it as it was left', async () => {
    const path = join(folder, 'sample.medspan');
    const engine = start({
      MEDSPAN_RESOURCES: fileURLToPath(new URL('../../../resources', import.meta.url)),
    });
    await engine.call('workspace.openSample', { path });
    const corpora = await engine.call('corpus.list', {});
    expect(corpora).toMatchObject([{ name: 'Sample', noteCount: 400 }]);
    await engine.call('workspace.openSample', { path });
    expect(await engine.call('corpus.list', {})).toEqual(corpora);
    const bare = start({ MEDSPAN_RESOURCES: join(folder, 'nothing') });
    await expect(
      bare.call('workspace.openSample', { path: join(folder, 'b.medspan') }),
    ).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
  });
});

async function ended(engine: EngineChild, jobId: number): Promise<void> {
  for (;;) {
    const { state } = await engine.call('jobs.get', { jobId });
    if (state !== 'queued' && state !== 'running') return;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
