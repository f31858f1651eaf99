import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { acquireLock, lockHolder } from './lock.ts';
import type { TestFolder } from './test-folder.ts';
import { makeTestFolder } from './test-folder.ts';

let folder: TestFolder;
let path: string;
beforeEach(() => {
  folder = makeTestFolder();
  path = folder.workspace('a.medspan');
});
afterEach(() => folder.remove());

const write = (holder: Readonly<Record<string, unknown>>): void =>
  writeFileSync(
    `${path}-lock`,
    JSON.stringify({
      startedAt: 0,
      processStart: null,
      socket: null,
      token: 't',
      host: hostname(),
      ...holder,
    }),
  );

describe('the lock of a workspace', () => {
  it('is held by one, says by whom, and can be read by its owner only', () => {
    const lock = acquireLock(path, 1000, { socket: '/tmp/s', token: 'abc' });
    expect(lock.tookOver).toBe(false);
    expect(lockHolder(path)).toMatchObject({ pid: process.pid, socket: '/tmp/s', token: 'abc' });
    if (process.platform !== 'win32') expect(statSync(`${path}-lock`).mode & 0o777).toBe(0o600);
    expect(() => acquireLock(path, 2000)).toThrow(
      expect.objectContaining({
        code: 'WORKSPACE_LOCKED',
        message: expect.stringContaining(String(process.pid)) as string,
      }) as Error,
    );
    lock.release();
    expect(existsSync(`${path}-lock`)).toBe(false);
    acquireLock(path, 3000).release();
  });

  it('is taken over from a process that is gone', () => {
    const { pid } = spawnSync(process.execPath, ['--version']);
    write({ pid });
    expect(lockHolder(path)).toBeNull();
    const lock = acquireLock(path, 1000);
    expect(lock.tookOver).toBe(true);
    lock.release();
  });

  it('is taken over where the pid belongs to another program by now', () => {
    if (!existsSync('/proc/self/stat')) return;
    write({ pid: process.pid, processStart: '1' });
    expect(lockHolder(path)).toBeNull();
    expect(acquireLock(path, 1000).tookOver).toBe(true);
  });

  it('is respected on another machine, which it names', () => {
    write({ pid: 1, host: 'ward-7-pc' });
    expect(() => acquireLock(path, 1000)).toThrow(
      expect.objectContaining({
        code: 'WORKSPACE_LOCKED',
        message: expect.stringContaining('ward-7-pc') as string,
      }) as Error,
    );
  });

  it('is believed while it is being written, and taken over when it was torn', () => {
    writeFileSync(`${path}-lock`, '{"pid":');
    expect(() => acquireLock(path, 1000)).toThrow(
      expect.objectContaining({ code: 'WORKSPACE_LOCKED' }) as Error,
    );
    const past = new Date(Date.now() - 60_000);
    utimesSync(`${path}-lock`, past, past);
    expect(acquireLock(path, 1000).tookOver).toBe(true);
  });

  it('lets go of its own lock only', () => {
    const lock = acquireLock(path, 1000);
    write({ pid: process.pid, token: 'somebody else' });
    lock.release();
    expect(readFileSync(`${path}-lock`, 'utf8')).toContain('somebody else');
  });
});
