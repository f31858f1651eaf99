import type { AreaSummary } from '../api/common.ts';
import type { EngineContext } from '../engine/context.ts';
import { runCount, runPage } from './queries.ts';
import { triggerSettings } from './triggers.ts';

const said: Readonly<Record<string, string>> = {
  queued: 'waits to start',
  running: 'is running',
  success: 'succeeded',
  failed: 'failed',
  cancelled: 'was cancelled',
  interrupted: 'was interrupted',
};

/** Home's line for pipelines. */
export function pipelinesSummary({ db }: EngineContext): AreaSummary {
  const count = runCount(db);
  const [last] = runPage(db, 1, 0);
  const { onAlert } = triggerSettings(db);
  const stuck = last !== undefined && (last.state === 'failed' || last.state === 'interrupted');
  return {
    headline:
      last === undefined
        ? 'No runs yet'
        : `${count} ${count === 1 ? 'run' : 'runs'}; the last ${said[last.state] ?? ''}`,
    next: stuck
      ? 'Look at what stopped the last run, and let it go on.'
      : last === undefined && !onAlert
        ? 'Let an alert start retraining, or start it yourself.'
        : null,
    route: last === undefined ? '/pipelines' : `/pipelines/run/${last.id}`,
    figures: [],
  };
}
