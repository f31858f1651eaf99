import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
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

  it('writes a log of names and numbers only', async () => {
    const logs = join(folder, 'logs');
    const engine = start({ MEDSPAN_LOGS: logs });
    await engine.call('workspace.create', { path: join(folder, 'a.medspan') });
    await engine.call('workspace.useProfile', { name: 'Planted Zebra' });
    await expect(
      engine.call('workspace.useProfile', { name: ['Planted Zebra'] } as never),
    ).rejects.toMatchObject({ code: 'BAD_INPUT' });
    await engine.shutDown();
    const log = readFileSync(join(logs, 'engine.log'), 'utf8');
    expect(log).toContain('workspace.opened');
    expect(log).not.toContain('Zebra');
  });
});
