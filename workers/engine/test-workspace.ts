import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MedspanError, fromEnvelope } from '../api/errors.ts';
import type { Input, MethodName, Output } from '../api/index.ts';
import type { EventMessage } from '../api/events.ts';
import { createComputePool } from './compute-pool.ts';
import type { EngineContext } from './context.ts';
import type { Areas } from './entries/areas.ts';
import { createEngine } from './engine.ts';
import { silentLog } from './log.ts';
import { serveThreads } from './thread-pool.ts';
import { transportPair } from './transport.ts';

export interface TestWorkspace {
  readonly context: EngineContext;
  readonly services: Areas;
  readonly path: string;
  /** Every event since the workspace was opened. */
  readonly events: readonly EventMessage[];
  /** As a window would call it: guarded input, cloned output, MedspanError on refusal. */
  call<Name extends MethodName>(
    method: Name,
    input: Input<Name>,
    signal?: AbortSignal,
  ): Promise<Output<Name>>;
  close(): Promise<void>;
}

export interface TestWorkspaceOptions {
  /** 'in-process' (default): tasks run in real threads of this process. 'none': running a task fails. */
  readonly threads?: 'in-process' | 'none';
  readonly now?: () => number;
  /** Opens this file (and leaves it there at the end) instead of a new one in a temporary folder. */
  readonly path?: string;
}

/** A real workspace in a temporary folder, with all services; for tests of services. */
export async function openTestWorkspace(options: TestWorkspaceOptions = {}): Promise<TestWorkspace> {
  const folder = mkdtempSync(join(tmpdir(), 'medspan-test-'));
  const path = options.path ?? join(folder, 'test.medspan');
  const engine = createEngine({
    log: silentLog,
    automaticBackups: false,
    attachable: false,
    ...(options.now === undefined ? {} : { now: options.now }),
    compute: (workspace) =>
      createComputePool({ size: 2, log: silentLog, workspace, connect: () => connect(options.threads) }),
  });
  const events: EventMessage[] = [];
  engine.onEvent((message) => events.push(message));

  async function call<Name extends MethodName>(
    method: Name,
    input: Input<Name>,
    signal?: AbortSignal,
  ): Promise<Output<Name>> {
    const reply = await engine.dispatch(method, input, signal);
    if (!reply.ok) throw fromEnvelope(reply.error);
    return structuredClone(reply.output) as Output<Name>;
  }

  try {
    if (options.path === undefined) await call('workspace.create', { path });
    else await call('workspace.open', { path });
  } catch (error) {
    await engine.close();
    rmSync(folder, { recursive: true, force: true });
    throw error;
  }
  const session = engine.session();
  if (session === null) throw new Error('the workspace did not open');

  return {
    context: session.context,
    services: session.services,
    path,
    events,
    call,
    async close() {
      await engine.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function connect(threads: TestWorkspaceOptions['threads'] = 'in-process') {
  if (threads === 'none') {
    return Promise.reject(new MedspanError('COMPUTE_DOWN', 'This test has no threads.'));
  }
  const [near, far] = transportPair();
  serveThreads(far, { entry: new URL('./entries/thread.ts', import.meta.url), idleMilliseconds: 2000 });
  return Promise.resolve(near);
}
