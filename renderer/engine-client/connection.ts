import type { EnginePortMessage } from '../../workers/api/desktop.ts';
import { fromEnvelope, MedspanError } from '../../workers/api/errors.ts';
import type { EventMessage } from '../../workers/api/events.ts';
import type { ClientMessage, EngineMessage } from '../../workers/api/wire.ts';
import type { EngineProcessState } from '../../workers/api/desktop.ts';

/** Just enough of a MessagePort that a test can stand one in with a real channel. */
export interface Port {
  postMessage(message: ClientMessage): void;
  start(): void;
  close(): void;
  addEventListener(type: 'message' | 'close', listener: (event: MessageEvent) => void): void;
}

/** How the page asks for a port and hears of the engine process. */
export interface PortSource {
  /** Calls `arrived` with each port; the returned function asks for one. */
  onPort(arrived: (port: Port) => void): () => void;
  onEngineState(listener: (state: EngineProcessState) => void): () => void;
}

export type ConnectionState = 'connecting' | 'connected' | 'down';

interface Waiting {
  readonly message: ClientMessage;
  resolve(output: unknown): void;
  reject(error: Error): void;
}

const downMessage =
  'The engine is not running. Everything that was shown as saved is in the workspace; Medspan is starting the engine again.';

/**
 * The window's end of the typed RPC. Calls made before the first port arrives wait for it. When the engine ends,
 * every call under way fails with ENGINE_DOWN and none is repeated, because the window cannot know whether a write
 * was committed; whoever shows data asks anew once the state is `connected` again.
 */
export class EngineConnection {
  readonly #waiting = new Map<number, Waiting>();
  readonly #eventListeners = new Set<(event: EventMessage) => void>();
  readonly #stateListeners = new Set<() => void>();
  readonly #ask: () => void;
  #port: Port | null = null;
  #state: ConnectionState = 'connecting';
  #nextId = 1;

  constructor(source: PortSource) {
    this.#ask = source.onPort((port) => this.#adopt(port));
    source.onEngineState((state) => {
      if (state === 'up') {
        if (this.#port === null) this.#ask();
      } else if (this.#port !== null || state === 'down') {
        this.#lose();
      }
    });
  }

  get state(): ConnectionState {
    return this.#state;
  }

  onState(listener: () => void): () => void {
    this.#stateListeners.add(listener);
    return () => this.#stateListeners.delete(listener);
  }

  onEvent(listener: (event: EventMessage) => void): () => void {
    this.#eventListeners.add(listener);
    return () => this.#eventListeners.delete(listener);
  }

  call(method: string, input: unknown, signal?: AbortSignal): Promise<unknown> {
    if (signal?.aborted === true) return Promise.reject(cancelled());
    if (this.#state === 'down') return Promise.reject(new MedspanError('ENGINE_DOWN', downMessage));
    const id = this.#nextId++;
    return new Promise((resolve, reject) => {
      const message: ClientMessage = { kind: 'call', id, method, input };
      const stop = (): void => {
        if (!this.#waiting.delete(id)) return;
        this.#port?.postMessage({ kind: 'cancel', id });
        reject(cancelled());
      };
      signal?.addEventListener('abort', stop, { once: true });
      const settle = (): void => signal?.removeEventListener('abort', stop);
      this.#waiting.set(id, {
        message,
        resolve: (output) => (settle(), resolve(output)),
        reject: (error) => (settle(), reject(error)),
      });
      this.#port?.postMessage(message);
    });
  }

  #adopt(port: Port): void {
    this.#port?.close();
    this.#port = port;
    port.addEventListener('message', (event) => this.#receive(event.data as EngineMessage));
    port.addEventListener('close', () => {
      if (this.#port === port) this.#lose();
    });
    port.start();
    for (const { message } of this.#waiting.values()) port.postMessage(message);
    this.#enter('connected');
  }

  #lose(): void {
    const port = this.#port;
    this.#port = null;
    port?.close();
    const lost = [...this.#waiting.values()];
    this.#waiting.clear();
    this.#enter('down');
    for (const waiting of lost) waiting.reject(new MedspanError('ENGINE_DOWN', downMessage));
  }

  #enter(state: ConnectionState): void {
    if (this.#state === state) return;
    this.#state = state;
    for (const listener of this.#stateListeners) listener();
  }

  #receive(message: EngineMessage): void {
    if (message.kind === 'event') {
      for (const listener of this.#eventListeners) listener(message.event);
      return;
    }
    const waiting = this.#waiting.get(message.id);
    if (waiting === undefined) return;
    this.#waiting.delete(message.id);
    if (message.ok) waiting.resolve(message.output);
    else waiting.reject(fromEnvelope(message.error));
  }
}

function cancelled(): MedspanError {
  return new MedspanError('CANCELLED', 'Cancelled.');
}

/** Ports as the preload script hands them over: a message of the page's own window that bears our nonce. */
export function preloadPorts(): PortSource {
  return {
    onPort(arrived) {
      let nonce: string | null = null;
      window.addEventListener('message', (event: MessageEvent<Partial<EnginePortMessage> | null>) => {
        const port = event.ports[0];
        if (event.source !== window || event.data?.kind !== 'engine-port' || port === undefined) return;
        if (nonce === null || event.data.nonce !== nonce) return port.close();
        nonce = null;
        arrived(port);
      });
      return () => {
        nonce = crypto.randomUUID();
        window.medspan.connectEngine(nonce);
      };
    },
    onEngineState: (listener) => window.medspan.onEngineState(listener),
  };
}
