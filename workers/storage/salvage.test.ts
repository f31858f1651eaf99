import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  closeSync,
  copyFileSync,
  openSync,
  readdirSync,
  readFileSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { openReader } from './connection.ts';
import { checkFile } from './integrity.ts';
import { schemaVersion, newestVersion } from './migrate.ts';
import { salvage } from './salvage.ts';
import type { TestFolder } from './test-folder.ts';
import { addNotes, makeTestFolder } from './test-folder.ts';

let folder: TestFolder;
let path: string;
const total = 300;
beforeEach(() => {
  folder = makeTestFolder();
  path = folder.workspace('a.medspan', (db) => {
    addNotes(db, total);
    db.exec(`INSERT INTO setting VALUES ('kept', '"yes"')`);
  });
});
afterEach(() => folder.remove());

function spoil(from: number, bytes: number): void {
  const file = openSync(path, 'r+');
  writeSync(file, Buffer.alloc(bytes, 0xa5), 0, bytes, from);
  closeSync(file);
}

function rows(file: string, table: string): number {
  const db = openReader(file);
  try {
    return db.prepare<[], number>(`SELECT count(*) FROM ${table}`).pluck().get() ?? 0;
  } finally {
    db.close();
  }
}

describe('salvage', () => {
  it('copies a whole file whole', () => {
    const to = folder.file('b.medspan');
    const report = salvage(path, to, null, []);
    expect(report.savedTo).toBe(to);
    expect(report.tables.filter((entry) => entry.lost)).toEqual([]);
    expect(report.tables).toContainEqual({ table: 'note', rows: total, lost: false });
    checkFile(to, null);
    expect(rows(to, 'note_revision')).toBe(total);
  });

  it('reads around broken pages in the middle, says what was lost, and gives a sound file', () => {
    const bytes = readFileSync(path).length;
    spoil(Math.floor(bytes / 2 / 4096) * 4096, 40 * 4096);
    expect(() => checkFile(path, null)).toThrow(
      expect.objectContaining({ code: 'WORKSPACE_DAMAGED' }) as Error,
    );
    const before = readFileSync(path);
    const to = folder.file('b.medspan');
    const report = salvage(path, to, null, []);
    expect(readFileSync(path).equals(before)).toBe(true);
    expect(report.tables.filter((entry) => entry.lost).map((entry) => entry.table)).toContain(
      'note_revision',
    );
    const kept = report.tables.find((entry) => entry.table === 'note_revision')?.rows ?? 0;
    expect(kept).toBeGreaterThan(0);
    expect(kept).toBeLessThan(total);
    checkFile(to, null);
    const db = openReader(to);
    expect(db.pragma('foreign_key_check')).toEqual([]);
    expect(schemaVersion(db)).toBe(newestVersion());
    const wrong = db
      .prepare(`SELECT count(*) FROM note_revision WHERE text NOT LIKE 'note ' || id || ' note %'`)
      .pluck()
      .get();
    expect(wrong).toBe(0);
    db.close();
    expect(rows(to, 'setting')).toBe(1);
  });

  it('takes lost rows that others point at from a backup', () => {
    const backup = folder.file('backup.medspan');
    copyFileSync(path, backup);
    spoil(Math.floor(readFileSync(path).length / 2 / 4096) * 4096, 40 * 4096);
    const alone = salvage(path, folder.file('b.medspan'), null, []);
    const helped = salvage(path, folder.file('c.medspan'), null, [backup]);
    const kept = (report: typeof alone): number =>
      report.tables.find((entry) => entry.table === 'note_revision')?.rows ?? 0;
    // 40 pages of 700 are broken: nearly every text is there, once the notes that own them are.
    expect(kept(helped)).toBeGreaterThan(total * 0.9);
    expect(kept(helped)).toBeGreaterThanOrEqual(kept(alone));
    checkFile(folder.file('c.medspan'), null);
  });

  it('reads a file that is cut short', () => {
    truncateSync(path, Math.floor((readFileSync(path).length * 0.6) / 4096) * 4096);
    const to = folder.file('b.medspan');
    const report = salvage(path, to, null, []);
    expect(report.tables.some((entry) => entry.lost)).toBe(true);
    expect(rows(to, 'note_revision')).toBeGreaterThan(0);
    checkFile(to, null);
  });

  it('lets a backup stand in for a destroyed beginning', () => {
    const backup = folder.file('backup.medspan');
    copyFileSync(path, backup);
    spoil(0, 4096);
    const to = folder.file('b.medspan');
    expect(() => salvage(path, to, null, [])).toThrow(
      expect.objectContaining({ code: 'WORKSPACE_DAMAGED' }) as Error,
    );
    const report = salvage(path, to, null, [backup]);
    expect(report.tables).toContainEqual({ table: 'note', rows: total, lost: false });
    checkFile(to, null);
  });

  it('never writes over a file, and leaves no scratch', () => {
    const to = folder.file('b.medspan');
    writeFileSync(to, 'mine');
    expect(() => salvage(path, to, null, [])).toThrow(expect.objectContaining({ code: 'CONFLICT' }) as Error);
    expect(readFileSync(to, 'utf8')).toBe('mine');
    const noise = folder.file('noise.medspan');
    writeFileSync(noise, Buffer.alloc(20_000, 7));
    expect(() => salvage(noise, folder.file('c.medspan'), null, [])).toThrow(
      expect.objectContaining({ code: 'WORKSPACE_DAMAGED' }) as Error,
    );
    expect(readdirSync(folder.path).toSorted()).toEqual(['a.medspan', 'b.medspan', 'noise.medspan']);
  });
});
