import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  existsSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import Sqlite from 'better-sqlite3';
import { fromEnvelope } from '../api/errors.ts';
import type { Input, MethodName, Output } from '../api/index.ts';
import type { TestFolder } from '../storage/test-folder.ts';
import { addNotes, makeTestFolder } from '../storage/test-folder.ts';
import { createComputePool } from './compute-pool.ts';
import type { Engine } from './engine.ts';
import { createEngine } from './engine.ts';
import { silentLog } from './log.ts';
import { serveThreads } from './thread-pool.ts';
import { transportPair } from './transport.ts';

let folder: TestFolder;
let engine: Engine;
beforeEach(() => {
  folder = makeTestFolder();
  engine = startEngine();
});
afterEach(async () => {
  await engine.close();
  folder.remove();
});

function startEngine(): Engine {
  return createEngine({
    log: silentLog,
    systemUser: 'tester',
    compute: (workspace) =>
      createComputePool({
        size: 2,
        log: silentLog,
        workspace,
        connect() {
          const [near, far] = transportPair();
          serveThreads(far, {
            entry: new URL('./entries/thread.ts', import.meta.url),
            idleMilliseconds: 1000,
          });
          return Promise.resolve(near);
        },
      }),
  });
}

async function call<Name extends MethodName>(name: Name, input: Input<Name>): Promise<Output<Name>> {
  const reply = await engine.dispatch(name, input);
  if (!reply.ok) throw fromEnvelope(reply.error);
  return reply.output as Output<Name>;
}

const code = (expected: string) => expect.objectContaining({ code: expected }) as Error;

describe('making and opening', () => {
  it('makes a workspace, refuses to make it twice, and opens it again', async () => {
    const path = folder.file('a.medspan');
    const { workspace, recoveryKey } = await call('workspace.create', { path });
    expect(recoveryKey).toBeNull();
    expect(workspace).toMatchObject({ path, name: 'a', protection: 'none', profile: { name: 'tester' } });
    await expect(call('workspace.create', { path })).rejects.toThrow(code('CONFLICT'));
    await call('workspace.close', {});
    expect(await call('workspace.state', {})).toEqual({ state: 'closed' });
    expect(readdirSync(folder.path).filter((name) => name !== 'a.medspan-backups')).toEqual(['a.medspan']);
    expect(await call('workspace.open', { path })).toMatchObject({ path });
  });

  it('says what it refuses, and keeps the reason for a window that comes later', async () => {
    const path = folder.file('x.medspan');
    writeFileSync(path, 'just a text');
    await expect(call('workspace.open', { path })).rejects.toThrow(code('WORKSPACE_FOREIGN'));
    expect(await call('workspace.state', {})).toMatchObject({
      state: 'refused',
      error: { code: 'WORKSPACE_FOREIGN' },
    });
    await expect(call('workspace.profiles', {})).rejects.toThrow(code('NO_WORKSPACE'));
    await expect(call('jobs.list', {})).rejects.toThrow(code('NO_WORKSPACE'));
    await expect(call('workspace.create', { path: folder.file('no/such/folder/a.medspan') })).rejects.toThrow(
      code('READ_ONLY'),
    );
  });

  it('makes nothing by halves: what an interrupted making left is swept up', async () => {
    const path = folder.file('a.medspan');
    writeFileSync(`${path}-new`, 'half a workspace');
    await call('workspace.create', { path });
    expect(existsSync(`${path}-new`)).toBe(false);
  });

  it('opens two at once in turn', async () => {
    const [one, two] = [folder.workspace('1.medspan'), folder.workspace('2.medspan')];
    await Promise.all([call('workspace.open', { path: one }), call('workspace.open', { path: two })]);
    expect(await call('workspace.state', {})).toMatchObject({ workspace: { path: two } });
    expect(existsSync(`${one}-lock`)).toBe(false);
  });

  it('backs up before a migration', async () => {
    const path = folder.workspace('old.medspan');
    const db = new Sqlite(path);
    db.exec(
      'DROP TABLE IF EXISTS task_try; DROP TABLE IF EXISTS pipeline_run; DROP TABLE IF EXISTS pipeline',
    );
    for (const name of db
      .prepare(`SELECT name FROM sqlite_schema WHERE type = 'table' AND name LIKE '%trigger%'`)
      .pluck()
      .all()) {
      db.exec(`DROP TABLE "${String(name)}"`);
    }
    db.pragma('user_version = 60');
    db.close();
    await call('workspace.open', { path });
    const backups = await call('workspace.backups', { path });
    expect(backups.map((backup) => backup.kind)).toEqual(['before-migration']);
    const before = new Sqlite(backups[0]?.file ?? '', { readonly: true });
    expect(before.pragma('user_version', { simple: true })).toBe(60);
    before.close();
  });
});

describe('an encrypted workspace', () => {
  it('opens with its passphrase or its recovery key and in no other way', async () => {
    const path = folder.file('e.medspan');
    const made = await call('workspace.create', { path, protection: 'passphrase', passphrase: 'green door' });
    expect(made.workspace.protection).toBe('passphrase');
    const recoveryKey = made.recoveryKey ?? '';
    await call('workspace.useProfile', { name: 'Zanzibar Planted' });
    await call('workspace.close', {});
    expect(readFileSync(path).includes('Zanzibar')).toBe(false);
    await expect(call('workspace.open', { path })).rejects.toThrow(code('WORKSPACE_KEY'));
    await expect(call('workspace.open', { path, passphrase: 'red door' })).rejects.toThrow(
      code('WORKSPACE_KEY'),
    );
    await expect(call('workspace.open', { path, recoveryKey: '0000-'.repeat(7) + '0000' })).rejects.toThrow(
      code('WORKSPACE_KEY'),
    );
    await call('workspace.open', { path, passphrase: 'green door' });
    await call('workspace.close', {});
    await call('workspace.open', { path, recoveryKey });
    expect((await call('workspace.profiles', {})).map((profile) => profile.name)).toContain(
      'Zanzibar Planted',
    );
  });

  it('opens by the key that the keychain keeps', async () => {
    const path = folder.file('k.medspan');
    const key = '5a'.repeat(32);
    const made = await call('workspace.create', { path, protection: 'keychain', key });
    expect(made.workspace.protection).toBe('keychain');
    expect(made.recoveryKey).toMatch(/^(\w{4}-){7}\w{4}$/);
    await call('workspace.close', {});
    await expect(call('workspace.open', { path, key: '00'.repeat(32) })).rejects.toThrow(
      code('WORKSPACE_KEY'),
    );
    await call('workspace.open', { path, key });
    await expect(
      call('workspace.create', { path: folder.file('n.medspan'), protection: 'keychain' }),
    ).rejects.toThrow(code('BAD_INPUT'));
  });

  it('finds its key file again among the backups, and is restored from one', async () => {
    const path = folder.file('e.medspan');
    await call('workspace.create', { path, protection: 'passphrase', passphrase: 'green door' });
    await call('workspace.useProfile', { name: 'Before' });
    const backup = await call('workspace.backupNow', {});
    await call('workspace.useProfile', { name: 'After' });
    await call('workspace.close', {});
    rmSync(`${path}-key`);
    await call('workspace.open', { path, passphrase: 'green door' });
    await call('workspace.close', {});
    expect(existsSync(`${path}-key`)).toBe(true);
    await expect(call('workspace.restore', { path, backup: backup.file })).rejects.toThrow(
      code('WORKSPACE_KEY'),
    );
    await call('workspace.restore', { path, backup: backup.file, passphrase: 'green door' });
    await call('workspace.open', { path, passphrase: 'green door' });
    expect((await call('workspace.profiles', {})).map((profile) => profile.name)).toEqual([
      'Before',
      'tester',
    ]);
  });

  it('stays encrypted when it is salvaged', async () => {
    const path = folder.file('e.medspan');
    await call('workspace.create', { path, protection: 'passphrase', passphrase: 'green door' });
    addNotes(engine.session()?.context.db as never, 50);
    await call('workspace.close', {});
    const to = folder.file('s.medspan');
    const report = await call('workspace.salvage', { path, to, passphrase: 'green door' });
    expect(report.tables).toContainEqual({ table: 'note', rows: 50, lost: false });
    expect(readFileSync(to).includes('note 1 note')).toBe(false);
    expect(await call('workspace.open', { path: to, passphrase: 'green door' })).toMatchObject({
      protection: 'passphrase',
    });
  });
});

describe('damage', () => {
  it('is noticed on opening; a backup is put in its place and the damaged file is kept', async () => {
    const path = folder.file('a.medspan');
    await call('workspace.create', { path });
    addNotes(engine.session()?.context.db as never, 60);
    const backup = await call('workspace.backupNow', {});
    await call('workspace.close', {});
    truncateSync(path, 100_000);
    const damaged = readFileSync(path);
    await expect(call('workspace.open', { path })).rejects.toThrow(code('WORKSPACE_DAMAGED'));
    await expect(call('workspace.restore', { path, backup: folder.file('nope') })).rejects.toThrow(
      code('NOT_FOUND'),
    );
    const { keptAs } = await call('workspace.restore', { path, backup: backup.file });
    expect(readFileSync(keptAs).equals(damaged)).toBe(true);
    await call('workspace.open', { path });
    expect(engine.session()?.context.db.prepare('SELECT count(*) FROM note').pluck().get()).toBe(60);
  });

  it('refuses to restore what is no sound backup, and leaves the workspace as it was', async () => {
    const path = folder.file('a.medspan');
    await call('workspace.create', { path });
    const backup = await call('workspace.backupNow', {});
    truncateSync(backup.file, 50_000);
    const before = readFileSync(path);
    await expect(call('workspace.restore', { path, backup: backup.file })).rejects.toThrow(
      code('WORKSPACE_DAMAGED'),
    );
    expect(await call('workspace.state', {})).toMatchObject({ state: 'open' });
    expect(readFileSync(path).equals(before)).toBe(true);
  });
});

describe('a full disk', () => {
  it('is named, the write is undone as a whole, and work goes on when there is room again', async () => {
    const path = folder.file('a.medspan');
    await call('workspace.create', { path });
    const db = engine.session()?.context.db;
    if (db === undefined) throw new Error('not open');
    const pages = db.pragma('page_count', { simple: true }) as number;
    db.pragma(`max_page_count = ${String(pages)}`);
    const long = 'x'.repeat(80);
    // Fills the last page of the profiles first, then needs a new one.
    let refused: unknown = null;
    for (let at = 0; at < 200 && refused === null; at += 1) {
      await call('workspace.useProfile', { name: `${String(at)}${long}`.slice(0, 80) }).catch(
        (error: unknown) => {
          refused = error;
        },
      );
    }
    expect(refused).toMatchObject({ code: 'DISK_FULL', message: expect.stringContaining(path) as string });
    const names = (await call('workspace.profiles', {})).length;
    db.pragma('max_page_count = 1000000');
    await call('workspace.useProfile', { name: 'room again' });
    expect((await call('workspace.profiles', {})).length).toBe(names + 1);
    expect(db.pragma('integrity_check', { simple: true })).toBe('ok');
  });
});

describe('what lies around', () => {
  it('is opened through a link under its real name, so that one lock guards it', async () => {
    if (process.platform === 'win32') return;
    const { symlinkSync } = await import('node:fs');
    const path = folder.workspace('real.medspan');
    symlinkSync(path, folder.file('link.medspan'));
    expect(await call('workspace.open', { path: folder.file('link.medspan') })).toMatchObject({ path });
    const other = startEngine();
    const reply = await other.dispatch('workspace.open', { path });
    expect(reply).toMatchObject({ ok: false, error: { code: 'WORKSPACE_LOCKED' } });
    await other.close();
  });

  it('a moved workspace takes its backups along by name only', async () => {
    const path = folder.file('a.medspan');
    await call('workspace.create', { path });
    await call('workspace.backupNow', {});
    await call('workspace.close', {});
    renameSync(path, folder.file('b.medspan'));
    expect(await call('workspace.backups', { path: folder.file('b.medspan') })).toEqual([]);
    await expect(call('workspace.open', { path })).rejects.toThrow(code('NOT_FOUND'));
  });
});
