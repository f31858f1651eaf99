import { useSyncExternalStore } from 'react';
import type { ConnectionState } from './connection.ts';
import { engine } from './engine.ts';

const subscribe = (listener: () => void): (() => void) => engine.onState(listener);

/** Whether the engine answers; `down` until it is back after a crash. */
export function useConnection(): ConnectionState {
  return useSyncExternalStore(subscribe, () => engine.state);
}
