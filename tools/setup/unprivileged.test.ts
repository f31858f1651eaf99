import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { parseMissing } from './libraries.ts';
import { withLock } from './lock.ts';
import { linkOrCopy } from './mirror.ts';
import { barrier } from './unprivileged.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'unprivileged-'));
  chmodSync(folder, 0o755);
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('what another user cannot reach', () => {
  test('is named by the folder that is closed', () => {
    const closed = path.join(folder, 'closed');
    mkdirSync(path.join(closed, 'inside'), { recursive: true });
    chmodSync(closed, 0o700);
    expect(barrier(path.join(closed, 'inside'))).toBe(closed);
    expect(barrier(folder)).toBeUndefined();
  });

  test('includes a file of its owner alone, but not a folder that may only be passed', () => {
    const passing = path.join(folder, 'passing');
    mkdirSync(passing);
    writeFileSync(path.join(passing, 'open'), '');
    writeFileSync(path.join(passing, 'mine'), '');
    chmodSync(path.join(passing, 'open'), 0o644);
    chmodSync(path.join(passing, 'mine'), 0o600);
    chmodSync(passing, 0o711);
    expect(barrier(path.join(passing, 'open'))).toBeUndefined();
    expect(barrier(path.join(passing, 'mine'))).toBe(path.join(passing, 'mine'));
  });
});

test('a mirrored file is a second name for an open one, and an open copy of a closed one', () => {
  const open = path.join(folder, 'open');
  const closed = path.join(folder, 'closed');
  writeFileSync(open, 'a');
  writeFileSync(closed, 'b');
  chmodSync(open, 0o644);
  chmodSync(closed, 0o600);
  linkOrCopy(open, `${open}-2`);
  linkOrCopy(closed, `${closed}-2`);
  expect(statSync(`${open}-2`).ino).toBe(statSync(open).ino);
  expect(statSync(`${closed}-2`).mode & 0o777).toBe(0o644);
  expect(readFileSync(`${closed}-2`, 'utf8')).toBe('b');
});

test('the loader says which libraries are missing', () => {
  const text = '\tlinux-vdso.so.1 (0x7ff)\n\tlibnss3.so => not found\n\tlibc.so.6 => /lib/libc.so.6 (0x7f)\n';
  expect(parseMissing(text)).toEqual(['libnss3.so']);
});

describe('a lock', () => {
  test('keeps two set-ups from doing the same work at once', async () => {
    const file = path.join(folder, 'work.lock');
    let inside = 0;
    let most = 0;
    const work = () =>
      withLock(file, async () => {
        most = Math.max(most, ++inside);
        await new Promise((resolve) => setImmediate(resolve));
        inside--;
      });
    await Promise.all([work(), work(), work()]);
    expect(most).toBe(1);
    expect(existsSync(file)).toBe(false);
  });

  test('of a process that died is taken over', async () => {
    const file = path.join(folder, 'work.lock');
    // Above the largest process id that Linux hands out.
    writeFileSync(file, '4194305');
    await expect(withLock(file, () => Promise.resolve('done'))).resolves.toBe('done');
  });
});
