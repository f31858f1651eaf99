import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import Sqlite from 'better-sqlite3';
import { readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { openReader, openWriter } from './connection.ts';
import { migrate, newestVersion, refuseNewer, schemaVersion } from './migrate.ts';
import type { TestFolder } from './test-folder.ts';
import { addNotes, makeTestFolder } from './test-folder.ts';

let folder: TestFolder;
beforeEach(() => {
  folder = makeTestFolder();
});
afterEach(() => folder.remove());

const key = 'ab'.repeat(32);

describe('the connection that writes', () => {
  it('is durable, checked and distrustful, whatever the build defaults to', () => {
    const db = openWriter(folder.workspace('a.medspan'));
    const set = (name: string): unknown => db.pragma(name, { simple: true });
    expect(set('journal_mode')).toBe('wal');
    expect(set('synchronous')).toBe(2);
    expect(set('foreign_keys')).toBe(1);
    expect(set('trusted_schema')).toBe(0);
    expect(set('secure_delete')).toBe(1);
    expect(set('cell_size_check')).toBe(1);
    expect(set('temp_store')).toBe(2);
    expect(set('busy_timeout')).toBe(5000);
    expect(set('application_id')).toBe(0x4d454453);
    db.close();
  });

  it('lets readers see the last commit and never write', () => {
    const path = folder.workspace('a.medspan');
    const db = openWriter(path);
    db.exec(`INSERT INTO setting VALUES ('k', '1')`);
    const reader = openReader(path);
    expect(reader.prepare('SELECT value FROM setting').pluck().get()).toBe('1');
    expect(() => reader.prepare(`DELETE FROM setting`).run()).toThrow(/readonly/);
    reader.close();
    db.close();
  });
});

describe('what is no workspace', () => {
  function refused(path: string): unknown {
    const before = readFileSync(path);
    try {
      openWriter(path).close();
      return null;
    } catch (error) {
      expect(readFileSync(path).equals(before)).toBe(true);
      return error;
    }
  }

  it.each([
    ['an empty file', Buffer.alloc(0), 'empty'],
    ['a text', Buffer.from('Patient has a cold.\n'.repeat(300)), 'no database'],
    ['random bytes', Buffer.from(Array.from({ length: 9000 }, (_, at) => (at * 7919) % 251)), 'no database'],
  ])('refuses %s untouched, by name', (_, content, why) => {
    const path = folder.file('x.medspan');
    writeFileSync(path, content);
    expect(refused(path)).toMatchObject({
      code: 'WORKSPACE_FOREIGN',
      message: expect.stringContaining(why) as string,
    });
  });

  it('refuses the database of another program untouched', () => {
    const path = folder.file('x.medspan');
    const other = new Sqlite(path);
    other.exec('CREATE TABLE bookmark (url TEXT)');
    other.close();
    expect(refused(path)).toMatchObject({ code: 'WORKSPACE_FOREIGN' });
  });

  it('refuses a folder and a path that is not there', () => {
    expect(() => openWriter(folder.path)).toThrow(
      expect.objectContaining({ code: 'WORKSPACE_FOREIGN' }) as Error,
    );
    expect(() => openWriter(folder.file('gone.medspan'))).toThrow(
      expect.objectContaining({ code: 'NOT_FOUND' }) as Error,
    );
  });

  it('refuses a file that is cut short, and says how much is left', () => {
    const path = folder.workspace('a.medspan', (db) => addNotes(db, 20));
    truncateSync(path, 60_000);
    expect(refused(path)).toMatchObject({
      code: 'WORKSPACE_DAMAGED',
      message: expect.stringContaining('60000 bytes') as string,
    });
  });

  it('refuses a newer file and names the version that it needs', () => {
    const path = folder.workspace('a.medspan', (db) => db.pragma('user_version = 9000'));
    const db = openWriter(path);
    expect(() => refuseNewer(db, path)).toThrow(
      expect.objectContaining({
        code: 'WORKSPACE_NEWER',
        message: expect.stringContaining('9000') as string,
      }) as Error,
    );
    expect(() => migrate(db, path)).toThrow(expect.objectContaining({ code: 'WORKSPACE_NEWER' }) as Error);
    expect(schemaVersion(db)).toBe(9000);
    expect(newestVersion()).toBeLessThan(9000);
    db.close();
  });
});

describe('an encrypted workspace', () => {
  it('opens with its key only, and holds no plain text', () => {
    const path = folder.workspace('e.medspan', (db) => addNotes(db, 3), key);
    expect(readFileSync(path).includes('note 1 note 1')).toBe(false);
    expect(readFileSync(path).toString('latin1', 0, 16)).not.toContain('SQLite');
    const db = openReader(path, { key });
    expect(db.prepare('SELECT count(*) FROM note').pluck().get()).toBe(3);
    db.close();
    expect(() => openReader(path)).toThrow(expect.objectContaining({ code: 'WORKSPACE_FOREIGN' }) as Error);
    expect(() => openReader(path, { key: 'cd'.repeat(32) })).toThrow(
      expect.objectContaining({ code: 'WORKSPACE_DAMAGED' }) as Error,
    );
  });

  it('keeps its write-ahead log encrypted too', () => {
    const path = folder.workspace('e.medspan', undefined, key);
    const db = openWriter(path, { key });
    addNotes(db, 3);
    expect(readFileSync(`${path}-wal`).includes('note 1 note 1')).toBe(false);
    expect(readFileSync(`${path}-wal`).length).toBeGreaterThan(10_000);
    db.close();
  });
});
