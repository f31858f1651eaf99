import { useSyncExternalStore } from 'react';
import type { ThemeChoice } from '../../workers/api/desktop.ts';

export type Theme = 'light' | 'dark';

const listeners = new Set<() => void>();
const system = window.matchMedia('(prefers-color-scheme: dark)');
let choice: ThemeChoice = 'system';

function resolve(): Theme {
  if (choice !== 'system') return choice;
  return system.matches ? 'dark' : 'light';
}

function apply(): void {
  const theme = resolve();
  // On the body, so that Blueprint's portals stand inside it too.
  document.body.classList.toggle('bp6-dark', theme === 'dark');
  document.documentElement.dataset['theme'] = theme;
  for (const listener of listeners) listener();
}

/** Reads the kept choice and follows the system where nothing else was chosen. */
export async function startTheme(): Promise<void> {
  system.addEventListener('change', apply);
  apply();
  choice = await window.medspan.theme();
  apply();
}

export function setTheme(next: ThemeChoice): void {
  choice = next;
  apply();
  void window.medspan.setTheme(next);
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** The theme as it shows now. */
export function useTheme(): Theme {
  return useSyncExternalStore(subscribe, resolve);
}

export function useThemeChoice(): ThemeChoice {
  return useSyncExternalStore(subscribe, () => choice);
}
