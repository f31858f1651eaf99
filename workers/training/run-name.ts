import type { RunParameters } from '../api/training.ts';
import type { ReadableDatabase } from '../storage/connection.ts';
import { countRunsNamed } from './queries.ts';

/** A name from what sets a run apart, such as `clinical-1 · IOB2 · c2 0.3`. */
export function describeRun(templateSetName: string, { scheme, c2 }: RunParameters): string {
  return `${templateSetName} · ${scheme} · c2 ${String(c2)}`;
}

/** The name, with a number behind it where earlier runs bear it. */
export function unusedName(db: ReadableDatabase, wanted: string): string {
  const base = wanted.replace(/ \(\d+\)$/, '').slice(0, 110);
  const earlier = countRunsNamed(db, base);
  return earlier === 0 ? base : `${base} (${String(earlier + 1)})`;
}
