import { expect, it } from 'vitest';
import type { ChildProcess } from 'node:child_process';
import { fork } from 'node:child_process';
import { createComputePool } from './compute-pool.ts';
import { task } from './context.ts';
import { silentLog } from './log.ts';
import { childTransport } from './transport.ts';

const echo = task<unknown, unknown>('test.echo');
const spin = task<null, number>('test.spin');

it('a compute process that is killed fails what ran in it; the next task starts a new one', async () => {
  const children: ChildProcess[] = [];
  const pool = createComputePool({
    size: 2,
    log: silentLog,
    workspace: () => null,
    connect() {
      const child = fork(new URL('./test-compute.ts', import.meta.url), {
        serialization: 'advanced',
        execArgv: [],
      });
      children.push(child);
      return Promise.resolve(childTransport(child));
    },
  });
  const big = new Float64Array(200_000).fill(1.5);
  expect(await pool.run(echo, big)).toEqual(big);
  const doomed = [pool.run(spin, null), pool.run(spin, null), pool.run(echo, 'waits for its turn')] as const;
  children[0]?.kill('SIGKILL');
  await expect(doomed[0]).rejects.toMatchObject({ code: 'COMPUTE_DOWN' });
  await expect(doomed[1]).rejects.toMatchObject({ code: 'COMPUTE_DOWN' });
  expect(await doomed[2]).toBe('waits for its turn');
  expect(children.length).toBe(2);
  pool.close();
  await expect(pool.run(echo, 1)).rejects.toMatchObject({ code: 'COMPUTE_DOWN' });
  for (const child of children) child.kill('SIGKILL');
});
