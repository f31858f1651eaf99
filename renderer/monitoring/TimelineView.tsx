import { Button, HTMLSelect, SegmentedControl } from '@blueprintjs/core';
import { useMemo, useState } from 'react';
import type { Timeline, TimelinePoint } from '../../workers/api/monitoring.ts';
import type { ChartSeries } from '../charts/series.ts';
import { LineChart } from '../charts/LineChart.tsx';
import { useQuery } from '../engine-client/use-query.ts';
import { formatCount, formatDate } from '../ui/format.ts';

const week = 7 * 86_400_000;

interface Measure {
  readonly title: string;
  readonly axis: string;
  readonly of: (point: Omit<TimelinePoint, 'at'>) => number | null;
}

/** Defined once, so that a chart is drawn anew only when its numbers change. */
const measures: readonly Measure[] = [
  { title: 'Estimated F1', axis: 'Strict span F1', of: (point) => point.estimatedF1 },
  { title: 'Entities a note', axis: 'Entities', of: (point) => point.entitiesPerNote },
  { title: 'Confidence', axis: 'Mean probability', of: (point) => point.confidence },
  { title: 'Words unseen in training', axis: 'Share', of: (point) => point.outOfVocabularyShare },
];

interface TimelineViewProps {
  readonly weeks: Timeline;
  readonly busy: boolean;
  readonly onCompare: (from: number | undefined, to: number | undefined) => void;
}

/** The logs over time beside the reference, and the choice of a stretch to compare. */
export function TimelineView({ weeks, busy, onCompare }: TimelineViewProps) {
  const [bucket, setBucket] = useState<'day' | 'week'>('week');
  const [chosen, setChosen] = useState('');
  const days = useQuery('monitoring.timeline', bucket === 'day' ? { bucket } : null, {
    refreshOn: ['monitoring.changed'],
  });
  const shown = bucket === 'day' ? (days.data ?? weeks) : weeks;
  const compare = (): void => {
    const from = chosen === '' ? undefined : Number(chosen);
    onCompare(from, from === undefined ? undefined : from + week);
  };
  return (
    <section aria-labelledby="timeline-title" className="timeline">
      <div className="timeline-head">
        <h2 id="timeline-title">Over time</h2>
        <SegmentedControl
          size="small"
          options={[
            { label: 'Days', value: 'day' },
            { label: 'Weeks', value: 'week' },
          ]}
          value={bucket}
          onValueChange={(value) => setBucket(value === 'day' ? 'day' : 'week')}
        />
        <span className="timeline-compare">
          <label htmlFor="timeline-window">Compare</label>
          <HTMLSelect
            id="timeline-window"
            value={chosen}
            onChange={(event) => setChosen(event.currentTarget.value)}
            options={[
              { value: '', label: 'all logs' },
              ...weeks.points.map(({ at, notes }) => ({
                value: String(at),
                label: `week of ${formatDate(at)}, ${formatCount(notes, 'note')}`,
              })),
            ]}
          />
          <Button intent="primary" text="Compare with reference" loading={busy} onClick={compare} />
        </span>
      </div>
      <div className="small-multiples">
        {measures.map((measure) => (
          <MeasureChart key={measure.title} measure={measure} timeline={shown} />
        ))}
      </div>
    </section>
  );
}

const timeAxis = { kind: 'time', title: 'Date' } as const;

function MeasureChart({ measure, timeline }: { readonly measure: Measure; readonly timeline: Timeline }) {
  const { points, reference } = timeline;
  const level = reference === null ? null : measure.of(reference);
  // The reference as a line of its own, so that the axis always reaches it.
  const series = useMemo((): ChartSeries[] => {
    const line: ChartSeries = { name: 'logs', points: points.map((point) => [point.at, measure.of(point)]) };
    const first = points[0];
    const last = points.at(-1);
    if (level === null || first === undefined || last === undefined) return [line];
    const ends = [[first.at, level] as const, [last.at, level] as const];
    return [line, { name: 'reference', points: ends, dashed: true, colour: 8 }];
  }, [measure, points, level]);
  const y = useMemo(() => ({ title: measure.axis }), [measure]);
  return <LineChart title={measure.title} x={timeAxis} y={y} series={series} height={180} />;
}
