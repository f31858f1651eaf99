import { useMemo } from 'react';
import type { FeatureDrift, Histogram } from '../../workers/api/monitoring.ts';
import { BarChart } from '../charts/BarChart.tsx';
import { formatNumber } from '../ui/format.ts';

const share = { title: 'Share of notes', min: 0 } as const;

/** One feature's distribution in the reference and in the current window, over the same bins. */
export function FeatureHistogram({ drift }: { readonly drift: FeatureDrift }) {
  const { histogram } = drift;
  const categories = useMemo(() => (histogram === null ? [] : binNames(histogram)), [histogram]);
  const series = useMemo(
    () =>
      histogram === null
        ? []
        : [
            { name: 'Reference', values: histogram.reference, colour: 8 as const },
            { name: 'Current', values: histogram.current, colour: 1 as const },
          ],
    [histogram],
  );
  if (histogram === null) {
    return <p className="monitoring-hint">{drift.title}: too few notes for a distribution.</p>;
  }
  return (
    <BarChart
      title={drift.title}
      category={drift.title}
      categories={categories}
      value={share}
      series={series}
      height={260}
    />
  );
}

/** A bin by its bounds; where each value is a bin of its own, by the value. */
function binNames({ edges, reference }: Histogram): readonly string[] {
  const single = edges.at(-1) === edges.at(-2);
  return reference.map((_, i) => {
    const low = formatNumber(edges[i] ?? 0);
    return single ? low : `${low}–${formatNumber(edges[i + 1] ?? 0)}`;
  });
}
