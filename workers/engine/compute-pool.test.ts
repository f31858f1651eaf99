import { afterEach, describe, expect, it } from 'vitest';
import { createComputePool } from './compute-pool.ts';
import type { RemoteComputePool } from './compute-pool.ts';
import { task } from './context.ts';
import { silentLog } from './log.ts';
import { serveThreads } from './thread-pool.ts';
import { transportPair } from './transport.ts';

const echo = task<unknown, unknown>('test.echo');
const count = task<{ readonly to: number }, number, number>('test.count');
const spin = task<null, number>('test.spin');
const crash = task<null, null>('test.crash');
const unknown = task<null, null>('test.unknown');

let pool: RemoteComputePool | undefined;
afterEach(() => pool?.close());

function open(size = 2): RemoteComputePool {
  pool = createComputePool({
    size,
    log: silentLog,
    workspace: () => null,
    connect() {
      const [near, far] = transportPair();
      serveThreads(far, { entry: new URL('./test-thread.ts', import.meta.url), graceMilliseconds: 200 });
      return Promise.resolve(near);
    },
  });
  return pool;
}

describe('compute pool', () => {
  it('passes plain data and typed arrays both ways', async () => {
    const value = { numbers: new Float64Array([1, 2.5]), text: 'é😀', nested: [null, { a: 1 }] };
    expect(await open().run(echo, value)).toEqual(value);
  });

  it('reports progress in order', async () => {
    const seen: number[] = [];
    expect(await open().run(count, { to: 4 }, { onProgress: (value) => seen.push(value) })).toBe(4);
    expect(seen).toEqual([1, 2, 3, 4]);
  });

  it('stops a task by the flag in shared memory, even in a loop that never yields', async () => {
    const abort = new AbortController();
    const running = open().run(spin, null, { signal: abort.signal });
    setTimeout(() => abort.abort(), 50);
    await expect(running).rejects.toMatchObject({ code: 'CANCELLED' });
  });

  it('takes a waiting task out of the queue when it is cancelled', async () => {
    const one = open(1);
    const first = new AbortController();
    const second = new AbortController();
    const running = one.run(spin, null, { signal: first.signal });
    const waiting = one.run(echo, 1, { signal: second.signal });
    second.abort();
    await expect(waiting).rejects.toMatchObject({ code: 'CANCELLED' });
    first.abort();
    await expect(running).rejects.toMatchObject({ code: 'CANCELLED' });
    expect(await one.run(echo, 'after')).toBe('after');
  });

  it('survives the death of a thread: its task fails, the others go on', async () => {
    const both = open(2);
    const other = both.run(count, { to: 3 });
    await expect(both.run(crash, null)).rejects.toMatchObject({ code: 'COMPUTE_DOWN' });
    expect(await other).toBe(3);
    expect(await both.run(echo, 'still here')).toBe('still here');
  });

  it('answers a task that nobody registered as a defect of ours', async () => {
    await expect(open().run(unknown, null)).rejects.toMatchObject({ code: 'INTERNAL' });
  });
});
