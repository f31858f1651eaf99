import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { EngineChild } from '../engine/fork-engine.ts';
import { spawnEngine } from '../engine/fork-engine.ts';
import { commands } from './commands.ts';
import { runCommandLine } from './run.ts';

let folder: string;
let path: string;
let engine: EngineChild | undefined;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'medspan-cli-'));
  path = join(folder, 'a.medspan');
  engine = undefined;
});
afterEach(async () => {
  await engine?.shutDown();
  rmSync(folder, { recursive: true, force: true });
});

async function medspan(...argv: readonly string[]) {
  let out = '';
  let err = '';
  const code = await runCommandLine(argv, {
    commands,
    computeEntry: new URL('../engine/entries/compute.ts', import.meta.url),
    fillSample: () => Promise.resolve(),
    signal: new AbortController().signal,
    env: { MEDSPAN_WORKSPACE: path },
    out: (text) => (out += text),
    err: (text) => (err += text),
    interactive: false,
  });
  return { code, out, err };
}

describe('medspan', () => {
  it('explains itself, and each command', async () => {
    const help = await medspan('--help');
    expect(help.code).toBe(0);
    for (const command of commands) expect(help.out).toContain(command.name);
    for (const command of commands) {
      const own = await medspan(...command.name.split(' '), '--help');
      expect([own.code, own.out]).toEqual([0, expect.stringContaining(command.help)]);
    }
    expect((await medspan()).code).toBe(2);
  });

  it('has a verb for each name once, and every option explained', () => {
    const names = commands.map((command) => command.name);
    expect(new Set(names).size).toBe(names.length);
  });

  it('makes, describes, backs up and restores a workspace', async () => {
    expect((await medspan('workspace', 'create')).code).toBe(0);
    expect((await medspan('workspace', 'create')).code).toBe(1);
    const info = await medspan('workspace', 'info', '--json');
    expect(JSON.parse(info.out)).toMatchObject({ path, name: 'a' });
    const backup = await medspan('workspace', 'backup', '--json');
    expect((JSON.parse(backup.out) as { file: string }).file).toContain('recent');
    expect((await medspan('workspace', 'restore', '--json')).code).toBe(0);
    expect((await medspan('workspace', 'salvage', join(folder, 'b.medspan'), '--json')).code).toBe(0);
  });

  it('ends with a code that a script can tell apart, and says why', async () => {
    expect(await medspan('workspace', 'info')).toMatchObject({
      code: 3,
      out: '',
      err: expect.stringContaining(path) as string,
    });
    writeFileSync(path, 'no workspace');
    expect((await medspan('runs')).code).toBe(3);
    rmSync(path);
    await medspan('workspace', 'create');
    expect((await medspan('nonsense')).code).toBe(2);
    expect((await medspan('jobs', '--limit', 'many')).code).toBe(2);
    expect((await medspan('jobs', '--no-such-option')).code).toBe(2);
    expect((await medspan('jobs', 'cancel')).code).toBe(2);
    expect((await medspan('jobs', 'cancel', 'x')).code).toBe(2);
    expect((await medspan('call', 'corpus.list', '{')).code).toBe(2);
    expect((await medspan('call', 'nobody.knows')).code).toBe(2);
    expect((await medspan('call', 'corpus.note', '{"noteId":77}')).code).toBe(1);
    const json = await medspan('jobs', 'cancel', '77', '--json');
    expect(JSON.parse(json.err)).toMatchObject({ error: { code: 'NOT_FOUND' } });
  });

  it('imports with progress on stderr and a clean answer on stdout', async () => {
    await medspan('workspace', 'create');
    const notes = join(folder, 'notes');
    writeFileSync(`${notes}.txt`, 'Aspirin for chest pain.\n');
    const done = await medspan('import', `${notes}.txt`, '--corpus', 'Ward', '--json');
    expect(done).toMatchObject({ code: 0 });
    expect(JSON.parse(done.out)).toMatchObject({ noteCount: 1 });
    expect(done.err).toContain('finished');
    expect((await medspan('corpora')).out).toContain('Ward');
  });

  it('attaches to the engine that has the workspace open, and leaves it open', async () => {
    engine = spawnEngine();
    await engine.call('workspace.create', { path });
    await engine.call('workspace.useProfile', { name: 'In the window' });
    const heard: string[] = [];
    engine.onEvent((event) => heard.push(event.name));
    const info = await medspan('workspace', 'info', '--json');
    expect(JSON.parse(info.out)).toMatchObject({ profile: { name: 'In the window' } });
    const made = await medspan('call', 'corpus.create', '{"name":"From outside"}');
    expect(made.code).toBe(0);
    expect(heard).toContain('corpus.changed');
    expect(await engine.call('corpus.list', {})).toMatchObject([{ name: 'From outside' }]);
    expect((await medspan('call', 'corpus.note', '{"noteId":77}')).code).toBe(1);
    expect(await engine.call('workspace.state', {})).toMatchObject({ state: 'open' });
  });

  it('opens an encrypted workspace with a passphrase from a file, or its recovery key', async () => {
    const secret = join(folder, 'secret');
    writeFileSync(secret, 'green door\n');
    const made = await medspan('workspace', 'create', '--passphrase-file', secret, '--json');
    const { recoveryKey } = JSON.parse(made.out) as { recoveryKey: string };
    expect((await medspan('jobs')).code).toBe(3);
    expect((await medspan('jobs', '--passphrase-file', secret)).code).toBe(0);
    writeFileSync(secret, recoveryKey);
    expect((await medspan('jobs', '--recovery-key-file', secret)).code).toBe(0);
    expect((await medspan('jobs', '--recovery-key-file', join(folder, 'none'))).code).toBe(1);
  });
});
