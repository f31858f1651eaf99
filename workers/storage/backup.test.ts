import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { listBackups } from './backup-files.ts';
import type { BackupHelpers } from './backup.ts';
import { copyEncrypted, makeBackup } from './backup.ts';
import type { WritableDatabase } from './connection.ts';
import { openReader, openWriter } from './connection.ts';
import { checkFile } from './integrity.ts';
import type { TestFolder } from './test-folder.ts';
import { addNotes, makeTestFolder } from './test-folder.ts';

const helpers: BackupHelpers = {
  checkFile: (path, key) => Promise.resolve(checkFile(path, key)),
  copyEncrypted: (path, key, to) => Promise.resolve(copyEncrypted(path, key, to)),
};
const day = 86_400_000;
const noon = Date.UTC(2026, 2, 1, 12);

let folder: TestFolder;
let path: string;
let db: WritableDatabase;
beforeEach(() => {
  folder = makeTestFolder();
  path = folder.workspace('a.medspan', (fresh) => addNotes(fresh, 400));
  db = openWriter(path);
});
afterEach(() => {
  db.close();
  folder.remove();
});

const kinds = (): string[] => listBackups(path).map((backup) => backup.kind);

describe('backups', () => {
  it('hold everything that was committed, and are complete files of their own', async () => {
    db.exec(`INSERT INTO setting VALUES ('in the log still', '1')`);
    const backup = await makeBackup({ db, path, key: null }, 'recent', noon, helpers);
    expect(backup).toMatchObject({ kind: 'recent', createdAt: noon });
    const reader = openReader(backup.file);
    expect(reader.prepare('SELECT count(*) FROM note').pluck().get()).toBe(400);
    expect(reader.prepare('SELECT count(*) FROM setting').pluck().get()).toBe(1);
    reader.close();
  });

  it('keep five recent ones, seven days and three before migrations', async () => {
    for (let at = 0; at < 20; at += 1) {
      await makeBackup({ db, path, key: null }, 'recent', noon + at * (day / 2), helpers);
    }
    for (let at = 0; at < 5; at += 1) {
      await makeBackup({ db, path, key: null }, 'before-migration', noon + at, helpers);
    }
    const count = (kind: string): number => kinds().filter((each) => each === kind).length;
    expect([count('recent'), count('daily'), count('before-migration')]).toEqual([5, 7, 3]);
    const days = listBackups(path)
      .filter((backup) => backup.kind === 'daily')
      .map((backup) => new Date(backup.createdAt).toISOString().slice(0, 10));
    expect(new Set(days).size).toBe(7);
    expect(days[0]).toBe('2026-03-11');
  });

  it('let writing go on meanwhile, and stand at one moment', async () => {
    const making = makeBackup({ db, path, key: null }, 'recent', noon, helpers);
    let longest = 0;
    for (let at = 0; at < 40; at += 1) {
      await new Promise((resolve) => setImmediate(resolve));
      const started = performance.now();
      db.prepare('INSERT INTO setting VALUES (?, ?)').run(`k${String(at)}`, '1');
      longest = Math.max(longest, performance.now() - started);
    }
    const backup = await making;
    checkFile(backup.file, null);
    expect(db.prepare('SELECT count(*) FROM setting').pluck().get()).toBe(40);
    expect(longest).toBeLessThan(500);
  });

  it('leave nothing behind when they fail, and clear what a kill left', async () => {
    const backups = `${path}-backups`;
    await makeBackup({ db, path, key: null }, 'recent', noon, helpers);
    writeFileSync(join(backups, '2026-01-01 00.00.00.000 recent.medspan.tmp'), 'half');
    writeFileSync(join(backups, 'a note of the owner.txt'), 'keep');
    const failing: BackupHelpers = { ...helpers, checkFile: () => Promise.reject(new Error('bad disk')) };
    await expect(makeBackup({ db, path, key: null }, 'recent', noon + 1, failing)).rejects.toThrow(
      'bad disk',
    );
    expect(readdirSync(backups).filter((name) => name.includes('.tmp'))).toEqual([]);
    expect(existsSync(join(backups, 'a note of the owner.txt'))).toBe(true);
    expect(kinds()).toEqual(['recent', 'daily']);
  });
});

describe('backups of an encrypted workspace', () => {
  it('are encrypted under the same key and carry the key file', async () => {
    const key = '12'.repeat(32);
    const secret = folder.workspace('e.medspan', (fresh) => addNotes(fresh, 5), key);
    writeFileSync(`${secret}-key`, '{"stands for":"a key file"}');
    const writer = openWriter(secret, { key });
    const backup = await makeBackup({ db: writer, path: secret, key }, 'recent', noon, helpers);
    writer.close();
    expect(readFileSync(backup.file).includes('note 1 note 1')).toBe(false);
    const reader = openReader(backup.file, { key });
    expect(reader.prepare('SELECT count(*) FROM note').pluck().get()).toBe(5);
    reader.close();
    expect(existsSync(join(`${secret}-backups`, 'medspan-key'))).toBe(true);
  });
});
