import type { ChildProcess } from 'node:child_process';
import { fork } from 'node:child_process';
import { fromEnvelope, MedspanError } from '../api/errors.ts';
import type { EventMessage } from '../api/events.ts';
import type { Input, MethodName, Output } from '../api/index.ts';
import type { Reply } from './router.ts';

/** An engine in a process of its own, as the app has it, started from plain Node. */
export interface EngineChild {
  readonly process: ChildProcess;
  call<Name extends MethodName>(method: Name, input: Input<Name>): Promise<Output<Name>>;
  onEvent(listener: (event: EventMessage) => void): void;
  /** Lets it finish, close the workspace and go. */
  shutDown(): Promise<void>;
}

export interface SpawnEngineOptions {
  readonly env?: Readonly<Record<string, string>>;
  /** Flags for Node, such as a limit of its memory. */
  readonly execArgv?: readonly string[];
  /** Another program in Node's place, such as a script that sets limits and then runs it. */
  readonly execPath?: string;
}

type FromEngine =
  | ({ readonly kind: 'reply'; readonly id: number } & Reply)
  | { readonly kind: 'event'; readonly event: EventMessage }
  | { readonly kind: 'closed' };

export function spawnEngine(options: SpawnEngineOptions = {}): EngineChild {
  const entry = new URL(
    import.meta.url.endsWith('.ts') ? './entries/engine.ts' : './engine.js',
    import.meta.url,
  );
  const child = fork(entry, {
    serialization: 'advanced',
    execArgv: [...(options.execArgv ?? [])],
    env: { ...process.env, ...options.env },
    ...(options.execPath === undefined ? {} : { execPath: options.execPath }),
  });
  const waiting = new Map<number, { resolve(output: never): void; reject(error: Error): void }>();
  const listeners = new Set<(event: EventMessage) => void>();
  let lastId = 0;
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));

  child.on('message', (raw) => {
    const message = raw as FromEngine;
    if (message.kind === 'event') for (const listener of listeners) listener(message.event);
    if (message.kind !== 'reply') return;
    const call = waiting.get(message.id);
    waiting.delete(message.id);
    if (message.ok) call?.resolve(message.output as never);
    else call?.reject(fromEnvelope(message.error));
  });
  void ended.then(() => {
    for (const call of waiting.values()) {
      call.reject(new MedspanError('ENGINE_DOWN', 'The engine ended before it could answer.'));
    }
    waiting.clear();
  });

  return {
    process: child,
    call(method, input) {
      lastId += 1;
      const id = lastId;
      return new Promise((resolve, reject) => {
        waiting.set(id, { resolve, reject });
        child.send({ kind: 'call', id, method, input }, (error) => {
          if (error !== null && waiting.delete(id)) {
            reject(new MedspanError('ENGINE_DOWN', 'The engine is not running.'));
          }
        });
      });
    },
    onEvent(listener) {
      listeners.add(listener);
    },
    async shutDown() {
      if (child.connected) child.send({ kind: 'shutdown' }, () => undefined);
      await ended;
    },
  };
}
