import type { AreaSummary, Figure } from '../api/common.ts';
import type { ReadableDatabase } from '../storage/connection.ts';
import { statement } from '../storage/statements.ts';
import { bestRun, countRuns, finishedRunsBefore, getRun, hasSnapshot, productionRun } from './queries.ts';
import type { RunDetail } from '../api/training.ts';
import { toRunDetail } from './run-rows.ts';

const trendLength = 12;

/** Names of the labels that stand for diseases and for treatments in this workspace. */
function labelsOfRole(db: ReadableDatabase, role: 'disease' | 'treatment'): ReadonlySet<string> {
  const names = statement<[string], string>(db, 'SELECT name FROM label WHERE role = ?').pluck().all(role);
  return new Set(names);
}

function detail(db: ReadableDatabase, runId: number): RunDetail | null {
  const stored = getRun(db, runId);
  return stored === undefined ? null : toRunDetail(stored);
}

interface RoleScore {
  readonly f1: number;
  readonly interval: readonly [number, number] | null;
  readonly support: number;
}

/** Strict span score of the labels of a role; more than one label is pooled by its counts, without an interval. */
function scoreOfRole(run: RunDetail, labels: ReadonlySet<string>): RoleScore | null {
  const scores = run.evaluation?.test?.all.span.perLabel.filter(({ label }) => labels.has(label)) ?? [];
  const [only] = scores;
  if (only === undefined) return null;
  if (scores.length === 1) return { f1: only.f1, interval: only.f1Interval, support: only.support };
  const sum = (pick: (score: (typeof scores)[number]) => number): number =>
    scores.reduce((total, score) => total + pick(score), 0);
  const support = sum((score) => score.support);
  const found = sum((score) => score.predicted);
  const correct = sum((score) => score.correct);
  return { f1: support + found === 0 ? 0 : (2 * correct) / (support + found), interval: null, support };
}

function f1Figure(
  db: ReadableDatabase,
  name: string,
  role: 'disease' | 'treatment',
  run: RunDetail | null,
  why: string,
): Figure {
  const labels = labelsOfRole(db, role);
  const score = run === null ? null : scoreOfRole(run, labels);
  if (run === null || score === null) {
    return {
      name,
      value: null,
      unit: 'F1',
      interval: null,
      n: null,
      howComputed: 'No finished run has scored a test part with this label yet.',
      trend: [],
    };
  }
  const trend = finishedRunsBefore(db, run.id, trendLength).flatMap((id) => {
    const earlier = detail(db, id);
    const value = earlier === null ? null : scoreOfRole(earlier, labels);
    return earlier?.endedAt == null || value === null ? [] : [{ at: earlier.endedAt, value: value.f1 }];
  });
  const leaked = run.evaluation?.test?.leakedNotes ?? 0;
  return {
    name,
    value: score.f1,
    unit: 'F1',
    interval: score.interval,
    n: score.support,
    howComputed:
      `Strict span F1 (same bounds, same label) of run “${run.name}”, ${why}, on the test part of ` +
      `“${run.snapshotName} / ${run.splitName}”. The interval resamples notes ` +
      `${String(run.evaluation?.bootstrap.resamples ?? 0)} times; n counts gold spans.` +
      (leaked > 0
        ? ` ${String(leaked)} test notes stand in training too; the run's page shows both scores.`
        : ''),
    trend,
  };
}

export function summarise(db: ReadableDatabase): AreaSummary {
  const counts = countRuns(db);
  const production = productionRun(db);
  const chosen = production ?? bestRun(db);
  const run = chosen === null ? null : detail(db, chosen);
  const why = production === null ? 'the best finished run' : 'which stands in Production';
  const figures: Figure[] = [
    f1Figure(db, 'F1 Disease', 'disease', run, why),
    f1Figure(db, 'F1 Treatment', 'treatment', run, why),
    {
      name: 'Training time',
      value: run?.timings?.trainSeconds ?? null,
      unit: 's',
      interval: null,
      n: run?.iterations ?? null,
      howComputed:
        run === null
          ? 'No run has finished yet.'
          : `Wall-clock seconds of ${String(run.iterations ?? 0)} iterations of run “${run.name}”, ${why}, ` +
            `on ${run.environment.cpu}; reading, extraction and evaluation are timed apart.`,
      trend:
        run === null
          ? []
          : finishedRunsBefore(db, run.id, trendLength).flatMap((id) => {
              const earlier = detail(db, id);
              return earlier?.endedAt == null || earlier.trainSeconds === null
                ? []
                : [{ at: earlier.endedAt, value: earlier.trainSeconds }];
            }),
    },
  ];
  return {
    headline: counts.active > 0 ? `${String(counts.active)} training now` : `${String(counts.all)} runs`,
    next: nextStep(counts, hasSnapshot(db)),
    route: '/training',
    figures,
  };
}

function nextStep(counts: ReturnType<typeof countRuns>, snapshot: boolean): string | null {
  if (counts.interrupted > 0) return 'An interrupted run can go on where it was';
  if (counts.all > 0) return null;
  return snapshot ? 'Train the first run' : 'Freeze a data version and train the first run';
}
