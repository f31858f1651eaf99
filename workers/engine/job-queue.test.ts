import { afterEach, describe, expect, it, vi } from 'vitest';
import type { EventMessage } from '../api/events.ts';
import type { Job } from '../api/jobs.ts';
import type { JobHandle } from './context.ts';
import type { TestWorkspace } from './test-workspace.ts';
import { openTestWorkspace } from './test-workspace.ts';
import { createEstimate } from './time-left.ts';
import { makeTestFolder } from '../storage/test-folder.ts';

let workspace: TestWorkspace | undefined;
afterEach(async () => {
  vi.useRealTimers();
  await workspace?.close();
  workspace = undefined;
});

const jobEvents = (events: readonly EventMessage[]): readonly Job[] =>
  events.flatMap((event) => (event.name === 'job.changed' ? [event.payload] : []));

/** Runs until it is told to stop, as a well-behaved job does. */
function untilStopped({ signal }: JobHandle): Promise<null> {
  return new Promise((_, reject) => signal.addEventListener('abort', () => reject(new Error('stopped'))));
}

describe('jobs', () => {
  it('go from queued through running to finished, and windows hear of it', async () => {
    workspace = await openTestWorkspace({ now: () => 1234 });
    const { id, done } = workspace.context.jobs.start({
      kind: 'a.b',
      title: 'T',
      run: () => Promise.resolve([1, 'x']),
    });
    await done;
    expect(jobEvents(workspace.events).map((job) => job.state)).toEqual(['queued', 'running', 'finished']);
    expect(await workspace.call('jobs.get', { jobId: id })).toMatchObject({
      state: 'finished',
      progress: 1,
      result: [1, 'x'],
      createdAt: 1234,
      endedAt: 1234,
    });
  });

  it('can be cancelled while running and while waiting', async () => {
    workspace = await openTestWorkspace();
    const { jobs } = workspace.context;
    const started = Array.from({ length: 5 }, () =>
      jobs.start({ kind: 'a.b', title: 'T', run: untilStopped }),
    );
    const outcomes = Promise.allSettled(started.map((job) => job.done));
    await Promise.resolve();
    for (const { id } of started.toReversed()) await workspace.call('jobs.cancel', { jobId: id });
    for (const outcome of await outcomes)
      expect(outcome).toMatchObject({ status: 'rejected', reason: { code: 'CANCELLED' } });
    expect((await workspace.call('jobs.list', {})).map((job) => job.state)).toEqual(
      Array(5).fill('cancelled'),
    );
    await expect(workspace.call('jobs.cancel', { jobId: 999 })).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  it('of one kind take turns; a job may await one of another kind', async () => {
    workspace = await openTestWorkspace();
    const { jobs, compute } = workspace.context;
    let now = 0;
    let most = 0;
    const inner = () =>
      jobs.start({
        kind: 'inner.work',
        title: 'I',
        async run() {
          now += 1;
          most = Math.max(most, now);
          await new Promise((resolve) => setTimeout(resolve, 5));
          now -= 1;
          return now;
        },
      }).done;
    const outer = Array.from(
      { length: 6 },
      () => jobs.start({ kind: 'outer.work', title: 'O', run: inner }).done,
    );
    await Promise.all(outer);
    expect(most).toBeLessThanOrEqual(compute.size);
  });

  it('report progress at most five times a second, and the last of it always', async () => {
    workspace = await openTestWorkspace();
    const { done } = workspace.context.jobs.start({
      kind: 'a.b',
      title: 'T',
      async run(job) {
        const until = performance.now() + 500;
        for (let step = 0; performance.now() < until; step += 1) {
          job.progress(Math.min(0.9, step / 100));
          await new Promise((resolve) => setTimeout(resolve, 2));
        }
        return null;
      },
    });
    await done;
    const running = jobEvents(workspace.events).filter((job) => job.state === 'running');
    expect(running.length).toBeGreaterThanOrEqual(3);
    expect(running.length).toBeLessThanOrEqual(5);
    expect(jobEvents(workspace.events).at(-1)).toMatchObject({ state: 'finished', progress: 1 });
  });

  it('say that the disk is full when it is', async () => {
    workspace = await openTestWorkspace();
    const { db, jobs } = workspace.context;
    const pages = db.pragma('page_count', { simple: true }) as number;
    const { id, done } = jobs.start({
      kind: 'a.b',
      title: 'T',
      run() {
        db.pragma(`max_page_count = ${String(pages)}`);
        try {
          db.prepare('INSERT INTO setting VALUES (?, ?)').run('k', JSON.stringify('x'.repeat(100_000)));
        } finally {
          db.pragma('max_page_count = 1000000');
        }
        return Promise.resolve(null);
      },
    });
    await expect(done).rejects.toMatchObject({ code: 'DISK_FULL' });
    expect(await workspace.call('jobs.get', { jobId: id })).toMatchObject({ error: { code: 'DISK_FULL' } });
  });

  it('that a crash left behind are interrupted at the next start', async () => {
    const folder = makeTestFolder();
    const path = folder.workspace('a.medspan', (db) => {
      const add = db.prepare(`INSERT INTO job (kind, title, state, created_at) VALUES ('a.b', 'T', ?, 1)`);
      for (const state of ['queued', 'running', 'finished', 'failed']) add.run(state);
    });
    workspace = await openTestWorkspace({ path });
    expect((await workspace.call('jobs.list', {})).map((job) => job.state)).toEqual([
      'failed',
      'finished',
      'interrupted',
      'interrupted',
    ]);
    folder.remove();
  });

  it('are stopped when the workspace closes, and say “interrupted” when it opens again', async () => {
    const folder = makeTestFolder();
    const path = folder.workspace('a.medspan');
    workspace = await openTestWorkspace({ path });
    const { done } = workspace.context.jobs.start({ kind: 'a.b', title: 'T', run: untilStopped });
    const ended = done.catch((error: unknown) => error);
    await workspace.close();
    expect(await ended).toMatchObject({ code: 'CANCELLED' });
    workspace = await openTestWorkspace({ path });
    expect((await workspace.call('jobs.list', {}))[0]).toMatchObject({ state: 'interrupted' });
    folder.remove();
  });
});

describe('time left', () => {
  it('follows the rate, says nothing too early, and starts over when the work does', () => {
    let clock = 0;
    const estimate = createEstimate(() => clock);
    clock = 100;
    expect(estimate(0.1)).toBeNull();
    clock = 1000;
    const left = estimate(0.5) ?? 0;
    expect(left).toBeGreaterThan(0.3);
    expect(left).toBeLessThan(1.5);
    expect(estimate(0.1)).toBeNull();
  });
});
