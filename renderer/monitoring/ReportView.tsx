import { useState } from 'react';
import type { Figure } from '../../workers/api/common.ts';
import type { DriftReport, EstimatedF1, FeatureDrift } from '../../workers/api/monitoring.ts';
import { useQuery } from '../engine-client/use-query.ts';
import { ErrorCallout } from '../ui/ErrorCallout.tsx';
import { formatCount, formatDate, formatNumber, formatPercent } from '../ui/format.ts';
import { HowComputed } from '../ui/HowComputed.tsx';
import { Skeleton } from '../ui/Skeleton.tsx';
import { Stat } from '../ui/Stat.tsx';
import { FeatureHistogram } from './FeatureHistogram.tsx';
import { FeatureTable } from './FeatureTable.tsx';
import { Verdict } from './Verdict.tsx';

/** One comparison: the verdict in words, what it means for F1, and every feature behind it. */
export function ReportView({ reportId }: { readonly reportId: number }) {
  const { data, error, refresh } = useQuery('monitoring.report', { reportId });
  const [chosen, setChosen] = useState<string | null>(null);
  if (error !== undefined) return <ErrorCallout error={error} onRetry={refresh} />;
  if (data === undefined) return <Skeleton lines={8} />;
  const shown = data.features.find(({ feature }) => feature === chosen) ?? data.features[0];
  return (
    <section className="report" aria-labelledby="report-title">
      <header>
        <h2 id="report-title">
          <Verdict verdict={data.verdict} />
        </h2>
        <p className="report-statement">{data.statement}</p>
        <p className="monitoring-hint">{windows(data)}</p>
      </header>
      <F1Stats report={data} />
      <div className="report-features">
        <FeatureTable features={data.features} selected={shown?.feature ?? null} onSelect={setChosen} />
        {shown !== undefined && <FeatureHistogram drift={shown} />}
      </div>
      <ul className="report-remarks">
        {data.remarks.map((remark) => (
          <li key={remark}>{remark}</li>
        ))}
      </ul>
    </section>
  );
}

function windows({ reference, current }: DriftReport): string {
  const stretch =
    current.from === null || current.to === null
      ? ''
      : ` from ${formatDate(current.from)} to ${formatDate(current.to - 1)}`;
  return `${formatCount(current.notes, 'logged note')} of ${current.modelVersion}${stretch}, against ${formatCount(reference.notes, 'note')} held out of its training.`;
}

function F1Stats({ report }: { readonly report: DriftReport }) {
  const { referenceF1, estimatedF1, relativeDrop, dropThreshold } = report;
  return (
    <div className="report-stats">
      <F1Stat
        label="Reference F1"
        f1={referenceF1}
        how="Strict span F1 of the model on the held-out notes, counted against gold; interval by bootstrap over notes."
      />
      {estimatedF1 === null ? (
        <Stat label="Estimated F1" value="–" detail="too few notes" />
      ) : (
        <F1Stat
          label="Estimated F1"
          f1={estimatedF1}
          how="2 E[TP] / (predicted + E[gold]): each predicted span counts with its calibrated probability, expected gold spans from the model's token marginals; interval by bootstrap over notes. Blind to concept drift."
        />
      )}
      <Stat
        label="Relative drop"
        value={relativeDrop === null ? '–' : formatPercent(Math.max(0, relativeDrop))}
        detail={`alert from ${formatPercent(dropThreshold)}`}
      />
      <Stat
        label="Drifted features"
        value={count(report.features, 'drift')}
        detail={`of ${report.features.length - count(report.features, 'not-enough-data')} tested`}
      />
    </div>
  );
}

function count(features: readonly FeatureDrift[], verdict: FeatureDrift['verdict']): number {
  return features.filter((feature) => feature.verdict === verdict).length;
}

function F1Stat({
  label,
  f1,
  how,
}: {
  readonly label: string;
  readonly f1: EstimatedF1;
  readonly how: string;
}) {
  const figure: Figure = {
    name: label,
    value: f1.f1,
    unit: 'F1',
    interval: f1.interval,
    n: f1.notes,
    howComputed: how,
    trend: [],
  };
  const labels = Object.entries(f1.byLabel).map(([name, value]) => `${name} ${formatNumber(value, 3)}`);
  return (
    <Stat
      label={label}
      value={formatNumber(f1.f1, 3)}
      detail={`${formatNumber(f1.interval[0], 3)} to ${formatNumber(f1.interval[1], 3)}; ${labels.join(', ')}`}
      aside={<HowComputed figure={figure} />}
    />
  );
}
