import type { AreaSummary } from '../api/common.ts';
import type { EngineContext } from '../engine/context.ts';
import { alerts, loggedVersions, reportRows } from './queries.ts';

/** Home's line for monitoring. */
export function monitoringSummary({ db }: EngineContext): AreaSummary {
  const open = alerts(db).filter(({ state }) => state === 'open');
  const logged = loggedVersions(db).reduce((total, { notes }) => total + notes, 0);
  const [latest] = reportRows(db, 1, 0).rows;
  return {
    headline: logged === 0 ? 'No logs yet' : `${logged.toLocaleString('en')} predictions logged`,
    next: nextStep(open.length, logged, latest !== undefined),
    route: '/monitoring',
    figures:
      latest?.relativeDrop === undefined || latest.relativeDrop === null
        ? []
        : [
            {
              name: 'Estimated drop of F1',
              value: 100 * latest.relativeDrop,
              unit: '%',
              interval: null,
              n: latest.notes,
              howComputed: `(reference F1 − F1 estimated from calibrated span probabilities) / reference F1, over ${latest.notes} logged notes of ${latest.modelVersion}.`,
              trend: reportRows(db, 50, 0)
                .rows.toReversed()
                .flatMap(({ createdAt, relativeDrop }) =>
                  relativeDrop === null ? [] : [{ at: createdAt, value: 100 * relativeDrop }],
                ),
            },
          ],
  };
}

function nextStep(openAlerts: number, logged: number, compared: boolean): string | null {
  if (openAlerts > 0)
    return openAlerts === 1 ? 'One alert waits for an answer.' : `${openAlerts} alerts wait.`;
  if (logged === 0) return 'Import the prediction logs that an exported bundle wrote.';
  return compared ? null : 'Compare the logs with the training reference.';
}
