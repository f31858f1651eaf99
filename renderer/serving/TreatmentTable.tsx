import { useState } from 'react';
import type { TreatmentPair } from '../../workers/api/serving.ts';
import { useQuery } from '../engine-client/use-query.ts';
import type { Column } from '../ui/data-table/column.ts';
import { DataTable } from '../ui/data-table/DataTable.tsx';
import { ErrorCallout } from '../ui/ErrorCallout.tsx';
import { formatCount, formatNumber } from '../ui/format.ts';
import { PairSentences } from './PairSentences.tsx';

const number = (
  id: 'linked' | 'goldSentences' | 'predictedSentences' | 'notes',
  title: string,
  hint: string,
): Column<TreatmentPair> => ({
  id,
  title,
  hint,
  width: '92px',
  align: 'right',
  render: (pair) => formatNumber(pair[id], 0),
  sortValue: (pair) => pair[id],
});

const columns: readonly Column<TreatmentPair>[] = [
  {
    id: 'disease',
    title: 'Disease',
    width: 'minmax(140px, 1fr)',
    render: (pair) => pair.disease,
    sortValue: (pair) => pair.disease,
  },
  {
    id: 'treatment',
    title: 'Treatment',
    width: 'minmax(140px, 1fr)',
    render: (pair) => pair.treatment,
    sortValue: (pair) => pair.treatment,
  },
  number('notes', 'Notes', 'Notes in which the pair was found'),
  number('linked', 'Linked', 'Linked by an annotator'),
  number('goldSentences', 'Annotated', 'Both annotated in one sentence'),
  number(
    'predictedSentences',
    'Predicted',
    'Both predicted in one sentence by Production, in notes without annotation',
  ),
];

const keyOf = (pair: TreatmentPair): string => `${pair.disease}\u0000${pair.treatment}`;

/** Which treatments were seen for which disease, with the sentences behind each pair. */
export function TreatmentTable() {
  const map = useQuery(
    'serving.treatmentMap',
    { limit: 1000 },
    { refreshOn: ['registry.changed', 'corpus.changed', 'note.changed'] },
  );
  const [shown, setShown] = useState<TreatmentPair | null>(null);
  return (
    <section className="treatment-table" aria-labelledby="treatments-title">
      <h2 id="treatments-title">Treatment map</h2>
      {map.error !== undefined && <ErrorCallout error={map.error} onRetry={map.refresh} />}
      {map.data !== undefined && (
        <p className="muted">
          {formatCount(map.data.total, 'pair')} of {formatCount(map.data.diseases, 'disease')} and{' '}
          {formatCount(map.data.treatments, 'treatment')}. {map.data.howComputed}
        </p>
      )}
      <div className="pair-table">
        <DataTable
          label="Pairs of disease and treatment"
          columns={columns}
          rows={map.data?.pairs}
          rowKey={keyOf}
          selectedKey={shown === null ? null : keyOf(shown)}
          onSelect={setShown}
          empty={
            <p className="muted">
              No pair yet. Annotate diseases and treatments, link them, or write suggestions with a model.
            </p>
          }
        />
      </div>
      {shown !== null && <PairSentences key={keyOf(shown)} pair={shown} />}
    </section>
  );
}
