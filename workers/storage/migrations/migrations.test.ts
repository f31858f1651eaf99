import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { WritableDatabase } from '../connection.ts';
import { createWriter } from '../connection.ts';
import { migrate, schemaVersion } from '../migrate.ts';
import type { TestFolder } from '../test-folder.ts';
import { makeTestFolder } from '../test-folder.ts';
import { migrations } from './index.ts';

let folder: TestFolder;
let db: WritableDatabase;
beforeEach(() => {
  folder = makeTestFolder();
  db = createWriter(folder.file('a.medspan'));
});
afterEach(() => {
  db.close();
  folder.remove();
});

const upTo = (version: number) => migrations.filter((step) => step.version <= version);
const tablesOf = (): Set<string> =>
  new Set(db.prepare<[], string>(`SELECT name FROM sqlite_schema WHERE type = 'table'`).pluck().all());

/** The heart of each step, so that a table which is lost or renamed by mistake is noticed. */
const heart: Readonly<Record<number, readonly string[]>> = {
  10: ['setting', 'profile', 'job'],
  20: ['corpus', 'import', 'note', 'note_revision', 'snapshot', 'snapshot_member', 'split', 'split_member'],
  30: ['label', 'layer', 'span', 'link', 'span_event'],
  40: ['run', 'run_metric'],
  50: ['model_version', 'stage_event', 'gate_result'],
  60: ['prediction', 'alert'],
  70: ['pipeline', 'pipeline_run', 'task_try'],
};

it('rises in tens', () => {
  for (const [at, step] of migrations.entries()) {
    expect(step.version % 10).toBe(0);
    expect(step.version).toBeGreaterThan(migrations[at - 1]?.version ?? 0);
  }
});

describe.each(migrations.map((step) => [step.version, step.name, step] as const))(
  'step %i, %s',
  (version, _, step) => {
    it('makes its tables on a file of the step before, and marks the file', () => {
      migrate(db, 'a', upTo(version - 1));
      const before = tablesOf();
      expect(migrate(db, 'a', upTo(version))).toEqual([step]);
      expect(schemaVersion(db)).toBe(version);
      const added = [...tablesOf()].filter((name) => !before.has(name));
      expect(added).toEqual(
        expect.arrayContaining([...(heart[version] ?? ['a step needs its entry in this test'])]),
      );
      expect(migrate(db, 'a', upTo(version))).toEqual([]);
    });

    it('leaves the file as it was when it fails half-way', () => {
      migrate(db, 'a', upTo(version - 1));
      const before = [...tablesOf()];
      const broken = {
        ...step,
        up(target: WritableDatabase) {
          step.up(target);
          throw new Error('power cut');
        },
      };
      expect(() => migrate(db, 'a', [...upTo(version - 1), broken])).toThrow('power cut');
      expect([...tablesOf()]).toEqual(before);
      expect(schemaVersion(db)).toBe(upTo(version - 1).at(-1)?.version ?? 0);
    });

    it('keeps the habits: strict tables, an index behind every reference', () => {
      migrate(db, 'a', upTo(version));
      const loose = (
        db.pragma('table_list') as readonly {
          readonly name: string;
          readonly type: string;
          readonly strict: number;
          readonly schema: string;
        }[]
      ).filter(
        (table) =>
          table.schema === 'main' &&
          table.type === 'table' &&
          table.strict === 0 &&
          !table.name.startsWith('sqlite_'),
      );
      expect(loose.map((table) => table.name)).toEqual([]);
      expect(unindexedReferences()).toEqual([]);
    });
  },
);

/** Deleting a parent would read the whole child table. */
function unindexedReferences(): string[] {
  const found: string[] = [];
  for (const table of tablesOf()) {
    if (table.startsWith('sqlite_')) continue;
    const firsts = new Set(
      (db.pragma(`index_list("${table}")`) as readonly { readonly name: string }[]).map(
        (index) =>
          (db.pragma(`index_info("${index.name}")`) as readonly { readonly name: string | null }[])[0]?.name,
      ),
    );
    for (const column of db.pragma(`table_info("${table}")`) as readonly {
      readonly name: string;
      readonly pk: number;
    }[]) {
      if (column.pk === 1) firsts.add(column.name);
    }
    for (const reference of db.pragma(`foreign_key_list("${table}")`) as readonly {
      readonly from: string;
      readonly seq: number;
    }[]) {
      if (reference.seq === 0 && !firsts.has(reference.from)) found.push(`${table}.${reference.from}`);
    }
  }
  return found;
}
