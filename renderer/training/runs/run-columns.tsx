import type { RunColumn, RunRow } from '../../../workers/api/training.ts';
import type { Column } from '../../ui/data-table/column.ts';
import { formatDuration, formatNumber } from '../../ui/format.ts';
import { Time } from '../../ui/Time.tsx';
import { RunStateMark } from '../run-state.tsx';

const score = (value: number | null) => (value === null ? '–' : formatNumber(value, 3));
const seconds = (value: number | null) => (value === null ? '–' : formatDuration(value));

type RunTableColumn = Column<RunRow> & { readonly id: RunColumn };

/** Sorting is the engine's work: `sortValue` only says that a heading can be clicked. */
const sortable = () => null;

/** The table's columns. Their ids are the engine's names of what it can sort by. */
export const runTableColumns: readonly RunTableColumn[] = [
  { id: 'id', title: 'Run', render: (run) => run.id, width: '52px', align: 'right', sortValue: sortable },
  { id: 'name', title: 'Name', render: (run) => run.name, width: 'minmax(150px, 2fr)', sortValue: sortable },
  {
    id: 'state',
    title: 'State',
    render: (run) => <RunStateMark state={run.state} />,
    width: '104px',
    sortValue: sortable,
  },
  {
    id: 'testSpanF1',
    title: 'Span F1',
    hint: 'Strict span F1 over all labels on the test part',
    render: (run) => score(run.testSpanF1),
    width: '80px',
    align: 'right',
    sortValue: sortable,
  },
  {
    id: 'testTokenF1',
    title: 'Token F1',
    hint: 'Token micro-F1 over all labels on the test part',
    render: (run) => score(run.testTokenF1),
    width: '84px',
    align: 'right',
    sortValue: sortable,
  },
  {
    id: 'devSpanF1',
    title: 'Dev F1',
    hint: 'Strict span F1 over all labels on the dev part',
    render: (run) => score(run.devSpanF1),
    width: '76px',
    align: 'right',
    sortValue: sortable,
  },
  {
    id: 'trainSeconds',
    title: 'Training',
    hint: 'Wall-clock time of the iterations',
    render: (run) => seconds(run.trainSeconds),
    width: '84px',
    align: 'right',
    sortValue: sortable,
  },
  {
    id: 'templateSetName',
    title: 'Templates',
    render: (run) => run.templateSetName,
    width: 'minmax(84px, 1fr)',
    sortValue: sortable,
  },
  {
    id: 'scheme',
    title: 'Scheme',
    render: (run) => run.parameters.scheme,
    width: '76px',
    sortValue: sortable,
  },
  {
    id: 'c2',
    title: 'c2',
    render: (run) => String(run.parameters.c2),
    width: '56px',
    align: 'right',
    sortValue: sortable,
  },
  {
    id: 'snapshotName',
    title: 'Data',
    hint: 'Corpus, data version and split',
    render: (run) => `${run.corpusName} / ${run.snapshotName} / ${run.splitName}`,
    width: 'minmax(120px, 1.5fr)',
    sortValue: sortable,
  },
  {
    id: 'who',
    title: 'Who',
    render: (run) => run.who ?? '–',
    width: 'minmax(64px, 0.6fr)',
    sortValue: sortable,
  },
  {
    id: 'createdAt',
    title: 'When',
    render: (run) => <Time at={run.createdAt} />,
    width: '128px',
    sortValue: sortable,
  },
];
