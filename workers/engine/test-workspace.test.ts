import { afterEach, describe, expect, it } from 'vitest';
import { existsSync } from 'node:fs';
import type { TestWorkspace } from './test-workspace.ts';
import { openTestWorkspace } from './test-workspace.ts';

let workspace: TestWorkspace | undefined;
afterEach(async () => {
  await workspace?.close();
  workspace = undefined;
});

describe('a workspace for tests', () => {
  it('is a real file with every table, and is gone afterwards', async () => {
    workspace = await openTestWorkspace();
    const tables = workspace.context.db
      .prepare<[], string>(`SELECT name FROM sqlite_schema WHERE type = 'table'`)
      .pluck()
      .all();
    expect(tables).toEqual(expect.arrayContaining(['setting', 'profile', 'job', 'note', 'span', 'run']));
    expect(workspace.context.db.pragma('journal_mode', { simple: true })).toBe('wal');
    const { path } = workspace;
    expect(existsSync(path)).toBe(true);
    await workspace.close();
    workspace = undefined;
    expect(existsSync(path)).toBe(false);
  });

  it('answers calls through the guards', async () => {
    workspace = await openTestWorkspace();
    const profile = await workspace.call('workspace.useProfile', { name: '  Ada ' });
    expect(profile.name).toBe('Ada');
    expect(workspace.context.profile()).toEqual(profile);
    await expect(workspace.call('workspace.useProfile', { name: '' })).rejects.toMatchObject({
      code: 'BAD_INPUT',
    });
    expect(workspace.events.map((event) => event.name)).toContain('workspace.saved');
  });

  it('runs jobs and records how they end', async () => {
    workspace = await openTestWorkspace();
    const good = workspace.context.jobs.start({
      kind: 'test.good',
      title: 'Good',
      run: () => Promise.resolve(7),
    });
    await expect(good.done).resolves.toBe(7);
    expect(await workspace.call('jobs.get', { jobId: good.id })).toMatchObject({
      state: 'finished',
      result: 7,
    });
    const bad = workspace.context.jobs.start({
      kind: 'test.bad',
      title: 'Bad',
      run: () => Promise.reject(new Error('secret')),
    });
    await expect(bad.done).rejects.toThrow('secret');
    const job = await workspace.call('jobs.get', { jobId: bad.id });
    expect(job).toMatchObject({ state: 'failed', error: { code: 'INTERNAL' } });
    expect(JSON.stringify(job)).not.toContain('secret');
  });
});
