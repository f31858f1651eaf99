import { Button, InputGroup } from '@blueprintjs/core';
import { useState } from 'react';
import type { RunColumn, RunRow } from '../../../workers/api/training.ts';
import { useQuery } from '../../engine-client/use-query.ts';
import { useCommands } from '../../ui/commands/use-commands.ts';
import type { Sort } from '../../ui/data-table/column.ts';
import { DataTable } from '../../ui/data-table/DataTable.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { ErrorCallout } from '../../ui/ErrorCallout.tsx';
import { formatCount } from '../../ui/format.ts';
import { Panes } from '../../ui/layout/Panes.tsx';
import { Screen } from '../../ui/layout/Screen.tsx';
import { navigate, routeOf } from '../../ui/navigation.ts';
import { NewRunPanel } from '../new/NewRunPanel.tsx';
import { runTableColumns } from './run-columns.tsx';
import { RunCard } from './RunCard.tsx';
import '../training.css';

const pageSize = 200;

/** Runs as a table that stays a table; beside it the run under the cursor, or the form of a new one. */
export function RunsView({ creating }: { readonly creating: boolean }) {
  const [sort, setSort] = useState<Sort | null>(null);
  const [filter, setFilter] = useState('');
  const [limit, setLimit] = useState(pageSize);
  const [selected, setSelected] = useState<number | null>(null);
  const [checked, setChecked] = useState<ReadonlySet<number>>(new Set());
  const { data, error, refresh } = useQuery(
    'training.runs',
    {
      filter,
      limit: Math.min(1000, limit),
      ...(sort === null
        ? {}
        : { sort: sort.column as RunColumn, descending: sort.direction === 'descending' }),
    },
    { refreshOn: ['run.changed'] },
  );
  // The table stays while another order or filter is being asked for.
  const [kept, setKept] = useState(data);
  if (data !== undefined && data !== kept) setKept(data);
  const rows = kept?.rows;
  const current = rows?.find((run) => run.id === selected) ?? rows?.[0];
  const compared = rows?.filter((run) => checked.has(run.id)).map((run) => run.id) ?? [];

  const compare = (): void =>
    navigate(routeOf('training', 'compare', compared.toSorted((a, b) => a - b).join(',')));
  const toggle = (run: RunRow): void => {
    const next = new Set(checked);
    if (!next.delete(run.id)) next.add(run.id);
    setChecked(next);
  };
  useCommands([
    {
      id: 'training.new',
      title: 'New training run',
      group: 'Training',
      keys: 'n',
      run: () => navigate('/training/new'),
    },
    {
      id: 'training.compare',
      title: 'Compare the marked runs',
      group: 'Training',
      keys: 'c',
      run: compare,
      when: () => compared.length > 1,
    },
  ]);

  const newRun = (
    <Button intent="primary" icon="plus" text="New run" onClick={() => navigate('/training/new')} />
  );
  const empty =
    filter === '' ? (
      <EmptyState
        icon="learning"
        title="No runs yet"
        description="A run learns from the train part of a frozen data version and is scored on its test part."
        {...(creating ? {} : { action: newRun })}
      />
    ) : (
      <EmptyState
        icon="search"
        title="No run matches"
        description={`Nothing in name, data, templates, person or tags holds “${filter}”.`}
        action={<Button text="Show all runs" onClick={() => setFilter('')} />}
      />
    );

  return (
    <Screen
      title="Training"
      subtitle={kept === undefined ? '' : formatCount(kept.total, 'run')}
      actions={
        <>
          <InputGroup
            leftIcon="search"
            placeholder="Filter runs"
            aria-label="Filter runs"
            value={filter}
            onValueChange={(value) => setFilter(value)}
          />
          <Button
            icon="comparison"
            text={compared.length > 1 ? `Compare ${String(compared.length)}` : 'Compare'}
            disabled={compared.length < 2}
            title="Mark two or more runs with the space bar or the Mark button"
            onClick={compare}
          />
          {newRun}
        </>
      }
    >
      <Panes
        id="training"
        detailLabel={creating ? 'New run' : 'Run'}
        detailSize={380}
        work={
          error === undefined ? (
            <DataTable<RunRow>
              label="Runs"
              columns={runTableColumns}
              rows={rows}
              rowKey={(run) => run.id}
              empty={empty}
              sort={sort}
              onSort={setSort}
              selectedKey={current?.id ?? null}
              onSelect={(run) => setSelected(run.id)}
              onOpen={(run) => navigate(routeOf('training', 'run', run.id))}
              checkedKeys={checked}
              onToggle={toggle}
              total={kept?.total ?? 0}
              onEndReached={() => setLimit(limit + pageSize)}
            />
          ) : (
            <ErrorCallout error={error} onRetry={refresh} />
          )
        }
        {...(creating
          ? { detail: <NewRunPanel onStarted={setSelected} /> }
          : current === undefined
            ? {}
            : {
                detail: (
                  <RunCard
                    key={current.id}
                    run={current}
                    marked={checked.has(current.id)}
                    onMark={() => toggle(current)}
                  />
                ),
              })}
      />
    </Screen>
  );
}
