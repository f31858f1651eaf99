import { Button, Switch } from '@blueprintjs/core';
import { useMemo, useState } from 'react';
import type { ComparedProperty } from '../../../workers/api/training.ts';
import { useQuery } from '../../engine-client/use-query.ts';
import { useCommands } from '../../ui/commands/use-commands.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { ErrorCallout } from '../../ui/ErrorCallout.tsx';
import { formatNumber } from '../../ui/format.ts';
import { Screen } from '../../ui/layout/Screen.tsx';
import { navigate, routeOf } from '../../ui/navigation.ts';
import { Skeleton } from '../../ui/Skeleton.tsx';
import { RunCurves } from '../run/RunCurves.tsx';
import { PairedDifferences } from './PairedDifferences.tsx';
import '../training.css';

const groupTitles: Readonly<Record<ComparedProperty['group'], string>> = {
  data: 'Data',
  features: 'Features',
  parameters: 'Parameters',
  scores: 'Scores',
  timings: 'Times',
  environment: 'Environment',
};

/** Runs side by side: what differs, how sure the difference in F1 is, and their curves over each other. */
export function CompareView({ runIds }: { readonly runIds: readonly number[] }) {
  const [onlyDifferences, setOnlyDifferences] = useState(true);
  const ids = useMemo(() => [...runIds], [runIds]);
  const { data, error, refresh } = useQuery(
    'training.compare',
    { runIds: ids },
    { refreshOn: ['run.changed'] },
  );
  const { data: page } = useQuery('training.runs', { limit: 1000 }, { refreshOn: ['run.changed'] });
  useCommands([
    {
      id: 'training.back',
      title: 'Back to the runs',
      group: 'Training',
      keys: 'escape',
      run: () => navigate('/training'),
    },
    {
      id: 'training.differences',
      title: onlyDifferences ? 'Show what is equal too' : 'Show differences only',
      group: 'Training',
      keys: 'd',
      run: () => setOnlyDifferences(!onlyDifferences),
    },
  ]);
  const runs = useMemo(
    () => ids.flatMap((id) => page?.rows.filter((run) => run.id === id) ?? []),
    [ids, page],
  );
  const name = (runId: number): string => runs.find((run) => run.id === runId)?.name ?? '';
  const shown = data?.properties.filter((property) => property.differs || !onlyDifferences) ?? [];
  return (
    <Screen
      title={`Compare ${String(ids.length)} runs`}
      actions={
        <>
          <Switch
            checked={onlyDifferences}
            label="Differences only"
            onChange={() => setOnlyDifferences(!onlyDifferences)}
          />
          <Button icon="arrow-left" text="All runs" onClick={() => navigate('/training')} />
        </>
      }
      page
    >
      <div className="run-page">
        {error !== undefined && <ErrorCallout error={error} onRetry={refresh} />}
        {runs.length > 1 && <PairedDifferences runs={runs} />}
        {data === undefined && error === undefined && <Skeleton lines={10} />}
        {data !== undefined && shown.length === 0 && (
          <EmptyState
            icon="equals"
            title="Nothing differs"
            description="These runs are equal in everything that is recorded of them."
          />
        )}
        {shown.length > 0 && (
          <table className="comparison" aria-label="Properties of the runs">
            <thead>
              <tr>
                <th scope="col">Property</th>
                {ids.map((id) => (
                  <th key={id} scope="col">
                    <Button
                      variant="minimal"
                      size="small"
                      text={`${String(id)} ${name(id)}`}
                      onClick={() => navigate(routeOf('training', 'run', id))}
                    />
                  </th>
                ))}
              </tr>
            </thead>
            {groupsOf(shown).map(([group, properties]) => (
              <tbody key={group}>
                <tr className="comparison-group">
                  <th scope="colgroup" colSpan={ids.length + 1}>
                    {groupTitles[group]}
                  </th>
                </tr>
                {properties.map((property) => (
                  <tr key={property.name} className={property.differs ? 'comparison-differs' : undefined}>
                    <th scope="row">{property.name}</th>
                    {property.values.map((value, index) => (
                      <td key={ids[index]}>{show(value, property.group)}</td>
                    ))}
                  </tr>
                ))}
              </tbody>
            ))}
          </table>
        )}
        {runs.length > 0 && (
          <section aria-label="Curves">
            <h2>Curves</h2>
            <RunCurves runs={runs} height={260} />
          </section>
        )}
      </div>
    </Screen>
  );
}

function groupsOf(
  properties: readonly ComparedProperty[],
): readonly (readonly [ComparedProperty['group'], readonly ComparedProperty[]])[] {
  const groups = [...new Set(properties.map(({ group }) => group))];
  return groups.map((group) => [group, properties.filter((property) => property.group === group)] as const);
}

function show(value: string | number | null, group: ComparedProperty['group']): string {
  if (value === null) return '–';
  if (typeof value === 'string') return value;
  if (group === 'scores') return formatNumber(value, 3);
  return Number.isInteger(value) ? formatNumber(value, 0) : formatNumber(value, Math.abs(value) < 10 ? 3 : 1);
}
