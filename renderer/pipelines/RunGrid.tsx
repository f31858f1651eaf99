import type { PipelineRunRow, TaskDefinition } from '../../workers/api/pipelines.ts';
import { DataTable } from '../ui/data-table/DataTable.tsx';
import type { Column } from '../ui/data-table/column.ts';
import { formatDuration } from '../ui/format.ts';
import { Time } from '../ui/Time.tsx';
import { State } from './State.tsx';

interface RunGridProps {
  readonly rows: readonly PipelineRunRow[] | undefined;
  readonly tasks: readonly TaskDefinition[];
  readonly selected: number | null;
  readonly onSelect: (runId: number) => void;
}

/** Runs by tasks: one row a run, one column a task. */
export function RunGrid({ rows, tasks, selected, onSelect }: RunGridProps) {
  return (
    <div className="run-grid">
      <DataTable
        label="Runs"
        columns={columnsOf(tasks)}
        rows={rows}
        rowKey={({ id }) => id}
        selectedKey={selected}
        onSelect={({ id }) => onSelect(id)}
      />
    </div>
  );
}

function columnsOf(tasks: readonly TaskDefinition[]): readonly Column<PipelineRunRow>[] {
  return [
    {
      id: 'id',
      title: 'Run',
      render: ({ id }) => id,
      sortValue: ({ id }) => id,
      width: '44px',
      align: 'right',
    },
    {
      id: 'state',
      title: 'State',
      render: ({ state }) => <State state={state} />,
      sortValue: ({ state }) => state,
      width: '104px',
    },
    ...tasks.map((task): Column<PipelineRunRow> => ({
      id: `task-${task.id}`,
      title: task.title,
      render: (row) => <State compact state={row.tasks.find(({ id }) => id === task.id)?.state ?? 'none'} />,
      width: '64px',
    })),
    {
      id: 'reason',
      title: 'Started because',
      render: ({ reason }) => <span title={reason}>{reason}</span>,
      width: 'minmax(100px, 2fr)',
    },
    {
      id: 'created',
      title: 'At',
      render: ({ createdAt }) => <Time at={createdAt} />,
      sortValue: ({ createdAt }) => createdAt,
      width: '132px',
    },
    {
      id: 'took',
      title: 'Took',
      render: ({ startedAt, endedAt }) =>
        startedAt === null || endedAt === null ? '–' : formatDuration((endedAt - startedAt) / 1000),
      width: '64px',
      align: 'right',
    },
  ];
}
