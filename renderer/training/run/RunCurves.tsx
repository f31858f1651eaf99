import { memo, useMemo } from 'react';
import type { RunRow, RunSeries } from '../../../workers/api/training.ts';
import { LineChart } from '../../charts/LineChart.tsx';
import type { ChartSeries } from '../../charts/series.ts';
import { formatDuration, formatNumber } from '../../ui/format.ts';
import { Skeleton } from '../../ui/Skeleton.tsx';
import { useRunSeries } from './use-run-series.ts';

type CurveOwner = Pick<RunRow, 'id' | 'name' | 'state'>;

interface RunCurvesProps {
  /** The same array for as long as nothing in it changes: each new one draws the charts anew. */
  readonly runs: readonly CurveOwner[];
  readonly height: number;
}

type Curve = 'loss' | 'devF1';

/** Loss and dev F1 by iteration, live while a run trains; several runs lie over each other. */
export const RunCurves = memo(function RunCurves({ runs, height }: RunCurvesProps) {
  const live = runs.some(({ state }) => state === 'running' || state === 'queued');
  const runIds = useMemo(() => runs.map(({ id }) => id), [runs]);
  const data = useRunSeries(runIds, live);
  const names = useMemo(
    () => new Map(runs.map(({ id, name }) => [id, runs.length > 1 ? `${String(id)} ${name}` : name])),
    [runs],
  );
  const loss = useMemo(() => curves(data, 'loss', names), [data, names]);
  const devF1 = useMemo(() => curves(data, 'devF1', names), [data, names]);
  if (data === undefined) return <Skeleton lines={6} />;
  const [first] = data;
  const last = first?.iterations.length ?? 0;
  const hasDev = data.some((series) => series.devF1.some((value) => value !== null));
  if (last === 0) {
    return (
      <p className="muted" role="status">
        {live ? 'Reading notes and extracting attributes…' : 'This run has no iterations.'}
      </p>
    );
  }
  const note = runs.length > 1 || first === undefined ? undefined : describe(first, live);
  return (
    <div className="run-curves">
      <LineChart
        title="Loss"
        height={height}
        x={iterationAxis}
        y={lossAxis}
        series={loss}
        live={live}
        {...(note === undefined ? {} : { note })}
      />
      {hasDev && (
        <LineChart
          title="Dev F1"
          height={height}
          x={iterationAxis}
          y={f1Axis}
          series={devF1}
          live={live}
          note="Strict spans, dev part"
        />
      )}
    </div>
  );
});

const iterationAxis = { kind: 'value', title: 'Iteration' } as const;
const lossAxis = { title: 'Loss', unit: 'nats', min: 0 } as const;
const f1Axis = { title: 'Strict span F1', min: 0, max: 1 } as const;

function curves(
  data: readonly RunSeries[] | undefined,
  curve: Curve,
  names: ReadonlyMap<number, string>,
): ChartSeries[] {
  return (data ?? []).map((series) => ({
    name: names.get(series.runId) ?? String(series.runId),
    points: series.iterations.map((iteration, index) => [iteration, series[curve][index] ?? null] as const),
  }));
}

function describe(series: RunSeries, live: boolean): string {
  const iteration = series.iterations.at(-1) ?? 0;
  const gradient = series.gradientNorm.at(-1) ?? 0;
  const facts = `Iteration ${String(iteration)}, gradient norm ${formatNumber(gradient, gradient < 1 ? 3 : 1)}`;
  if (!live || series.secondsLeft === null) return facts;
  return `${facts}, at most ${formatDuration(series.secondsLeft)} left`;
}

/** Curves of one run. */
export function OneRunCurves({ run, height }: { readonly run: CurveOwner; readonly height: number }) {
  const { id, name, state } = run;
  const runs = useMemo(() => [{ id, name, state }], [id, name, state]);
  return <RunCurves runs={runs} height={height} />;
}
