import type { EngineContext } from '../engine/context.ts';
import { lineOfRow } from './log-line.ts';
import type { Observation } from './observation.ts';
import { observe } from './observation.ts';
import { predictionPage } from './queries.ts';

export interface LogWindow {
  readonly modelVersion: string;
  readonly from: number;
  readonly to: number;
}

const pageSize = 200;

/** Walks over the logged predictions of a window, giving way to other work after each page. */
export async function* readWindow(
  { db }: EngineContext,
  window: LogWindow,
  signal: AbortSignal,
): AsyncGenerator<{ readonly at: number; readonly observation: Observation }> {
  let after = 0;
  while (!signal.aborted) {
    const rows = predictionPage(db, window, after, pageSize);
    const last = rows.at(-1);
    if (last === undefined) return;
    for (const row of rows) yield { at: row.at, observation: observe(lineOfRow(row)) };
    after = last.id;
    await new Promise((resolve) => setImmediate(resolve));
  }
}
