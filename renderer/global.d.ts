import type { Desktop } from '../workers/api/desktop.ts';

declare global {
  interface Window {
    /** Put there by the preload script before any of our code runs. */
    readonly medspan: Desktop;
  }
}
