import { useSyncExternalStore } from 'react';

export interface IssuedKey {
  readonly workspace: string;
  readonly key: string;
}

let issued: IssuedKey | null = null;
const listeners = new Set<() => void>();

/** A recovery key exists in the window only from its issue until the person has put it away. */
export function holdRecoveryKey(next: IssuedKey | null): void {
  issued = next;
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function useRecoveryKey(): IssuedKey | null {
  return useSyncExternalStore(subscribe, () => issued);
}
