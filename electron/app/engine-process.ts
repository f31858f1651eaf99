import type { MessagePortMain, UtilityProcess } from 'electron';
import { MessageChannelMain, utilityProcess } from 'electron';
import { userInfo } from 'node:os';
import type pino from 'pino';
import type { ErrorEnvelope } from '../../workers/api/errors.ts';
import { fromEnvelope, MedspanError } from '../../workers/api/errors.ts';
import type { EngineProcessState } from '../../workers/api/desktop.ts';
import type { EventMessage } from '../../workers/api/events.ts';
import type { Input, MethodName, Output } from '../../workers/api/index.ts';
import type { AppPaths } from './paths.ts';
import { RestartBudget } from './restart-budget.ts';

type FromEngine =
  | { readonly kind: 'reply'; readonly id: number; readonly ok: true; readonly output: unknown }
  | { readonly kind: 'reply'; readonly id: number; readonly ok: false; readonly error: ErrorEnvelope }
  | { readonly kind: 'event'; readonly event: EventMessage }
  | { readonly kind: 'closed' };

interface Waiting {
  resolve(output: never): void;
  reject(error: Error): void;
}

export interface EngineListener {
  state(state: EngineProcessState): void;
  event(event: EventMessage): void;
  /** The engine is up, for the first time or again after a crash. */
  started(restarted: boolean): void;
}

const maximumRestarts = 3;
const minute = 60_000;
const drainMs = 5_000;

/**
 * Owns the two processes behind the window: the engine, which alone holds the workspace, and compute, whose
 * threads do the heavy work. Either may die without taking the other along; each is started again, but not more
 * than three times a minute.
 */
export class EngineProcess {
  readonly #paths: AppPaths;
  readonly #log: pino.Logger;
  readonly #listener: EngineListener;
  readonly #budget = new RestartBudget(maximumRestarts, minute);
  readonly #waiting = new Map<number, Waiting>();
  #engine: UtilityProcess | null = null;
  #compute: UtilityProcess | null = null;
  #nextId = 1;
  #closing = false;

  constructor(paths: AppPaths, log: pino.Logger, listener: EngineListener) {
    this.#paths = paths;
    this.#log = log;
    this.#listener = listener;
  }

  start(): void {
    this.#startEngine(false);
    this.#startCompute();
  }

  /** Gives the engine one end of a client's channel and returns the other, or null while the engine is down. */
  connectClient(): MessagePortMain | null {
    if (this.#engine === null) return null;
    const { port1, port2 } = new MessageChannelMain();
    this.#engine.postMessage({ kind: 'client' }, [port1]);
    return port2;
  }

  /** Calls a method on behalf of the main process. Only `workspace.*`: nothing that holds note text. */
  call<Name extends MethodName & `workspace.${string}`>(
    name: Name,
    input: Input<Name>,
  ): Promise<Output<Name>> {
    const engine = this.#engine;
    if (engine === null) return Promise.reject(new MedspanError('ENGINE_DOWN', 'The engine is not running.'));
    const id = this.#nextId++;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      engine.postMessage({ kind: 'call', id, method: name, input });
    });
  }

  /** Lets the engine finish what it acknowledged and close the file; ends it by force after five seconds. */
  async shutDown(): Promise<void> {
    this.#closing = true;
    const engine = this.#engine;
    if (engine !== null) {
      const ended = new Promise<void>((resolve) => engine.once('exit', () => resolve()));
      engine.postMessage({ kind: 'shutdown' });
      const timer = setTimeout(() => {
        this.#log.warn({ afterMs: drainMs }, 'engine did not close in time');
        engine.kill();
      }, drainMs);
      await ended;
      clearTimeout(timer);
    }
    this.#compute?.kill();
  }

  #fork(modulePath: string, serviceName: string): UtilityProcess {
    const child = utilityProcess.fork(modulePath, [], {
      serviceName,
      stdio: 'pipe',
      env: {
        ...process.env,
        MEDSPAN_RESOURCES: this.#paths.resources,
        MEDSPAN_BUNDLE_TEMPLATE: this.#paths.bundleTemplate,
        MEDSPAN_LOGS: this.#paths.logs,
        MEDSPAN_SYSTEM_USER: userInfo().username,
      },
    });
    // Nothing of ours prints; what Node itself prints when it dies is worth a line, without its text.
    child.stdout?.resume();
    child.stderr?.on('data', (chunk: Buffer) =>
      this.#log.warn({ serviceName, bytes: chunk.length }, 'stderr'),
    );
    return child;
  }

  #startEngine(restarted: boolean): void {
    this.#listener.state('starting');
    const engine = this.#fork(this.#paths.engine, 'Medspan engine');
    engine.once('spawn', () => {
      this.#engine = engine;
      if (restarted) this.#connectCompute();
      this.#listener.state('up');
      this.#listener.started(restarted);
    });
    engine.on('message', (message: FromEngine) => this.#receive(message));
    engine.once('exit', (code) => this.#engineEnded(code));
  }

  #startCompute(): void {
    const compute = this.#fork(this.#paths.compute, 'Medspan compute');
    compute.once('spawn', () => {
      this.#compute = compute;
      this.#connectCompute();
    });
    compute.once('exit', (code) => {
      this.#compute = null;
      if (this.#closing) return;
      this.#log.error({ code }, 'compute ended');
      if (this.#budget.take(Date.now())) this.#startCompute();
    });
  }

  /** Joins engine and compute by a channel of their own, whichever of the two came up last. */
  #connectCompute(): void {
    if (this.#engine === null || this.#compute === null) return;
    const { port1, port2 } = new MessageChannelMain();
    this.#engine.postMessage({ kind: 'compute' }, [port1]);
    this.#compute.postMessage({ kind: 'compute' }, [port2]);
  }

  #receive(message: FromEngine): void {
    if (message.kind === 'event') {
      this.#listener.event(message.event);
    } else if (message.kind === 'reply') {
      const waiting = this.#waiting.get(message.id);
      this.#waiting.delete(message.id);
      if (message.ok) waiting?.resolve(message.output as never);
      else waiting?.reject(fromEnvelope(message.error));
    }
  }

  #engineEnded(code: number): void {
    this.#engine = null;
    for (const waiting of this.#waiting.values()) {
      waiting.reject(new MedspanError('ENGINE_DOWN', 'The engine ended before it could answer.'));
    }
    this.#waiting.clear();
    if (this.#closing) return;
    this.#log.error({ code }, 'engine ended');
    this.#listener.state('down');
    if (this.#budget.take(Date.now())) this.#startEngine(true);
  }
}
