import type { EventName, Events } from '../../workers/api/events.ts';
import type { Input, MethodName, Output } from '../../workers/api/index.ts';
import { EngineConnection, preloadPorts } from './connection.ts';

/** The one connection of this window. */
export const engine = new EngineConnection(preloadPorts());

export interface CallOptions {
  /** Aborting tells the engine to stop and rejects with CANCELLED. */
  readonly signal?: AbortSignal;
}

/** Calls a method of the engine. Rejects with a MedspanError; never repeats a call by itself. */
export function call<Name extends MethodName>(
  name: Name,
  input: Input<Name>,
  options?: CallOptions,
): Promise<Output<Name>> {
  return engine.call(name, input, options?.signal) as Promise<Output<Name>>;
}

/** Listens to one event of the engine outside React; returns the way to stop. */
export function onEngineEvent<Name extends EventName>(
  name: Name,
  listener: (payload: Events[Name]) => void,
): () => void {
  return engine.onEvent((event) => {
    if (event.name === name) listener(event.payload as Events[Name]);
  });
}
