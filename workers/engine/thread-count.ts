import { availableParallelism } from 'node:os';

/** Threads that compute side by side: all cores but one, which stays with the window, and never fewer than two. */
export function threadCount(): number {
  return Math.max(2, availableParallelism() - 1);
}
