import { useSyncExternalStore } from 'react';

/** Routes live in the hash: `#/training/run/7`. The page itself never navigates. */
export function navigate(path: string): void {
  const hash = `#${path.startsWith('/') ? path : `/${path}`}`;
  if (window.location.hash !== hash) window.location.hash = hash;
}

export function currentPath(): string {
  return window.location.hash.slice(1) || '/';
}

/** `/training/run/7` → `['training', 'run', '7']`, each segment decoded. */
export function routeSegments(path: string): readonly string[] {
  return path
    .split('/')
    .filter((segment) => segment !== '')
    .map(decode);
}

/** A path from its segments, each encoded. */
export function routeOf(...segments: readonly (string | number)[]): string {
  return `/${segments.map((segment) => encodeURIComponent(segment)).join('/')}`;
}

function decode(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}

function subscribe(listener: () => void): () => void {
  window.addEventListener('hashchange', listener);
  return () => window.removeEventListener('hashchange', listener);
}

export function usePath(): string {
  return useSyncExternalStore(subscribe, currentPath);
}
