import { fork } from 'node:child_process';
import type { Transport } from './transport.ts';
import { childTransport } from './transport.ts';

/** Starts a compute process from plain Node; it ends with this one, and does not keep it alive. */
export function forkCompute(entry: URL): Promise<Transport> {
  const child = fork(entry, { serialization: 'advanced', execArgv: [] });
  child.unref();
  child.channel?.unref();
  return Promise.resolve(childTransport(child));
}
