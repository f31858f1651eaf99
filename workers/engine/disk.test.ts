import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { TestFolder } from '../storage/test-folder.ts';
import { addNotes, makeTestFolder } from '../storage/test-folder.ts';
import { checkFile } from '../storage/integrity.ts';
import type { EngineChild, SpawnEngineOptions } from './fork-engine.ts';
import { spawnEngine } from './fork-engine.ts';

const posix = process.platform !== 'win32';
const isRoot = process.getuid?.() === 0;

let folder: TestFolder;
let engine: EngineChild | undefined;
beforeEach(() => {
  folder = makeTestFolder();
  engine = undefined;
});
afterEach(async () => {
  await engine?.shutDown();
  chmodSync(folder.path, 0o755);
  folder.remove();
});

function writeScript(path: string, text: string): void {
  writeFileSync(path, `#!/bin/bash\n${text}\n`);
  chmodSync(path, 0o755);
}

function start(options: SpawnEngineOptions = {}): EngineChild {
  engine = spawnEngine(options);
  return engine;
}

describe.runIf(posix)('a disk that may not be written', () => {
  it('is named before anything is touched', async () => {
    const path = folder.workspace('a.medspan', (db) => addNotes(db, 3));
    // Root may write anywhere, unless it goes without that right.
    const withoutOverride = folder.file('bound.sh');
    writeScript(withoutOverride, `exec setpriv --bounding-set=-dac_override "${process.execPath}" "$@"`);
    const before = readdirSync(folder.path);
    const size = statSync(path).size;
    chmodSync(path, 0o444);
    chmodSync(folder.path, 0o555);
    const reader = start(isRoot ? { execPath: withoutOverride } : {});
    const refused = { code: 'READ_ONLY', message: expect.stringContaining(path) as string };
    await expect(reader.call('workspace.open', { path })).rejects.toMatchObject(refused);
    await expect(reader.call('workspace.create', { path: folder.file('b.medspan') })).rejects.toMatchObject({
      code: 'READ_ONLY',
    });
    await expect(
      reader.call('workspace.salvage', { path, to: folder.file('c.medspan') }),
    ).rejects.toMatchObject({ code: 'READ_ONLY' });
    expect(readdirSync(folder.path)).toEqual(before);
    expect(statSync(path).size).toBe(size);
  });
});

describe.runIf(posix)('a disk without room', () => {
  /** A real limit of the system: no file of this process grows over it. */
  function startLimited(kilobytes: number): EngineChild {
    const script = folder.file('limited.sh');
    writeScript(script, `trap '' XFSZ\nulimit -f ${String(kilobytes)}\nexec "${process.execPath}" "$@"`);
    return start({ execPath: script });
  }

  it('leaves no half of a new workspace', async () => {
    const small = startLimited(100);
    const path = folder.file('a.medspan');
    await expect(small.call('workspace.create', { path })).rejects.toMatchObject({
      code: expect.stringMatching(/^(DISK_FULL|READ_ONLY)$/) as string,
      message: expect.stringContaining(path) as string,
    });
    expect(readdirSync(folder.path)).toEqual(['limited.sh']);
  });

  it('keeps everything acknowledged when it runs out in the middle of work', async () => {
    const path = folder.workspace('a.medspan');
    const small = startLimited(Math.ceil(statSync(path).size / 1024) + 400);
    await small.call('workspace.open', { path });
    const acknowledged: string[] = [];
    let refused: unknown = null;
    for (let at = 0; at < 3000 && refused === null; at += 1) {
      const name = `${String(at)} ${'x'.repeat(70)}`;
      await small.call('workspace.useProfile', { name }).then(
        (profile) => acknowledged.push(profile.name),
        (error: unknown) => {
          refused = error;
        },
      );
    }
    expect(refused).toMatchObject({ code: expect.stringMatching(/^(DISK_FULL|READ_ONLY)$/) as string });
    expect(acknowledged.length).toBeGreaterThan(10);
    await small.shutDown();
    const roomy = start();
    await roomy.call('workspace.open', { path });
    const names = new Set((await roomy.call('workspace.profiles', {})).map((profile) => profile.name));
    expect(acknowledged.filter((name) => !names.has(name))).toEqual([]);
    await roomy.shutDown();
    checkFile(path, null);
  });

  it('leaves neither a half backup nor a half restored workspace', async () => {
    const path = folder.workspace('a.medspan', (db) => addNotes(db, 200));
    const roomy = start();
    await roomy.call('workspace.open', { path });
    const backup = await roomy.call('workspace.backupNow', {});
    await roomy.shutDown();
    const small = startLimited(1000);
    await small.call('workspace.open', { path });
    await expect(small.call('workspace.backupNow', {})).rejects.toMatchObject({
      code: expect.stringMatching(/^(DISK_FULL|READ_ONLY)$/) as string,
    });
    expect(readdirSync(`${path}-backups`).filter((name) => name.includes('tmp'))).toEqual([]);
    await expect(small.call('workspace.restore', { path, backup: backup.file })).rejects.toMatchObject({
      code: 'DISK_FULL',
    });
    expect(existsSync(`${path}-restored`)).toBe(false);
    await small.shutDown();
    checkFile(path, null);
  });

  // Containers seldom allow a file system of one's own; the limits above hold everywhere.
  it.each(posix && isRoot && canMount() ? ['400k'] : [])(
    'is called full on a file system of %s',
    async (size) => {
      const mount = folder.file('tiny');
      mkdirSync(mount);
      execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${size}`, 'tmpfs', mount]);
      try {
        const tiny = start();
        const path = join(mount, 'a.medspan');
        await expect(tiny.call('workspace.create', { path })).rejects.toMatchObject({ code: 'DISK_FULL' });
        expect(readdirSync(mount)).toEqual([]);
      } finally {
        execFileSync('umount', [mount]);
      }
    },
  );
});

function canMount(): boolean {
  const probe = makeTestFolder();
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=100k', 'tmpfs', probe.path], { stdio: 'ignore' });
    execFileSync('umount', [probe.path], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  } finally {
    probe.remove();
  }
}
