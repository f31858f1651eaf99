import type { RunRow } from '../../../workers/api/training.ts';
import { useQuery } from '../../engine-client/use-query.ts';
import { formatNumber } from '../../ui/format.ts';
import { HowComputed } from '../../ui/HowComputed.tsx';
import { Skeleton } from '../../ui/Skeleton.tsx';
import { Stat } from '../../ui/Stat.tsx';

/** Each run against the first, by paired bootstrap on the notes that both scored. */
export function PairedDifferences({ runs }: { readonly runs: readonly RunRow[] }) {
  const [baseline, ...others] = runs;
  if (baseline === undefined) return null;
  return (
    <section aria-label="Difference in F1" className="differences">
      {others.map((run) => (
        <Difference key={run.id} run={run} baseline={baseline} />
      ))}
    </section>
  );
}

function Difference({ run, baseline }: { readonly run: RunRow; readonly baseline: RunRow }) {
  const scored = run.state === 'finished' && baseline.state === 'finished';
  const part = run.testSpanF1 === null || baseline.testSpanF1 === null ? 'dev' : 'test';
  const { data, error } = useQuery(
    'training.pairedDifference',
    scored ? { runId: run.id, baselineRunId: baseline.id, part } : null,
  );
  const label = `Strict span F1, run ${String(run.id)} against run ${String(baseline.id)}`;
  if (!scored)
    return <Stat label={label} value="–" detail="Both runs must be finished to be compared note by note." />;
  if (error !== undefined) return <Stat label={label} value="–" detail={error.message} />;
  if (data === undefined) return <Skeleton lines={2} />;
  const [low, high] = data.interval;
  const certain = low > 0 || high < 0;
  const signed = (value: number): string => `${value > 0 ? '+' : ''}${formatNumber(value, 3)}`;
  return (
    <Stat
      label={label}
      value={signed(data.difference)}
      detail={`${signed(low)} to ${signed(high)}, p = ${formatNumber(data.pValue, 3)}, ${formatNumber(data.notes, 0)} notes: ${
        certain ? (data.difference > 0 ? 'better' : 'worse') : 'no difference can be told'
      }`}
      aside={
        <HowComputed
          figure={{
            name: label,
            value: data.difference,
            unit: 'F1',
            interval: data.interval,
            n: data.notes,
            howComputed:
              `Strict span F1 over all labels of run ${String(run.id)} (${formatNumber(data.f1, 3)}) minus that of run ` +
              `${String(baseline.id)} (${formatNumber(data.baselineF1, 3)}) on the ${data.part} notes that both scored. ` +
              `Notes are drawn with replacement ${String(data.resamples)} times, the same ones for both; p is two-sided.`,
            trend: [],
          }}
        />
      }
    />
  );
}
