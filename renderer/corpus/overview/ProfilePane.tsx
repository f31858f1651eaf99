import { useMemo } from 'react';
import { BarChart } from '../../charts/BarChart.tsx';
import { useQuery } from '../../engine-client/use-query.ts';
import { ErrorCallout } from '../../ui/ErrorCallout.tsx';
import { Skeleton } from '../../ui/Skeleton.tsx';
import { Stat } from '../../ui/Stat.tsx';
import { formatNumber } from '../../ui/format.ts';
import type { CorpusProfile } from '../../../workers/api/corpus.ts';

/** Lengths, label balance and note types of the corpus as it stands. */
export function ProfilePane({ corpusId }: { readonly corpusId: number }) {
  const profile = useQuery('corpus.profile', { corpusId }, { refreshOn: ['corpus.changed'] });
  return (
    <div className="corpus-profile">
      <h2>Profile</h2>
      {profile.error !== undefined && <ErrorCallout error={profile.error} onRetry={profile.refresh} />}
      {profile.data === undefined ? <Skeleton lines={8} /> : <Numbers profile={profile.data} />}
    </div>
  );
}

function Numbers({ profile }: { readonly profile: CorpusProfile }) {
  const lengths = useMemo(
    () => ({
      categories: profile.lengths.counts.map(
        (_, bin) => `${formatNumber(profile.lengths.edges[bin] ?? 0, 0)}–`,
      ),
      series: [{ name: 'Notes', values: profile.lengths.counts }],
    }),
    [profile],
  );
  const labels = useMemo(
    () => ({
      categories: profile.labels.map(({ label }) => label),
      series: [
        { name: 'Spans', values: profile.labels.map(({ spanCount }) => spanCount) },
        { name: 'Notes with one', values: profile.labels.map(({ noteCount }) => noteCount) },
      ],
    }),
    [profile],
  );
  const types = useMemo(
    () => ({
      categories: profile.types.slice(0, 12).map(({ value }) => value ?? 'none given'),
      series: [{ name: 'Notes', values: profile.types.slice(0, 12).map(({ count }) => count) }],
    }),
    [profile],
  );
  const repeated = profile.noteCount - profile.distinctTexts;
  return (
    <>
      <div className="corpus-stats">
        <Stat
          label="Notes"
          value={formatNumber(profile.noteCount, 0)}
          detail={`${formatNumber(profile.annotatedCount, 0)} annotated`}
        />
        <Stat
          label="Median length"
          value={profile.medianLength === null ? '–' : formatNumber(profile.medianLength, 0)}
          detail={`longest ${formatNumber(profile.longest ?? 0, 0)} characters`}
        />
        <Stat
          label="Repeated texts"
          value={formatNumber(repeated, 0)}
          detail="notes whose text stands in another note too"
        />
      </div>
      <BarChart
        title="Note lengths"
        note={`n = ${formatNumber(profile.noteCount, 0)}`}
        category="Characters from"
        categories={lengths.categories}
        value={{ title: 'Notes' }}
        series={lengths.series}
        height={180}
      />
      {profile.labels.length > 0 && (
        <BarChart
          title="Label balance"
          note={`gold spans of ${formatNumber(profile.annotatedCount, 0)} annotated notes`}
          category="Label"
          categories={labels.categories}
          value={{ title: 'Count' }}
          series={labels.series}
          horizontal
        />
      )}
      {profile.types.length > 1 && (
        <BarChart
          title="Note types"
          category="Type"
          categories={types.categories}
          value={{ title: 'Notes' }}
          series={types.series}
          horizontal
        />
      )}
    </>
  );
}
