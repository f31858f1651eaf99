import type { CorpusRow } from '../../../workers/api/corpus.ts';
import { useQuery } from '../../engine-client/use-query.ts';
import { HowComputed } from '../../ui/HowComputed.tsx';
import { Stat } from '../../ui/Stat.tsx';
import { formatFigure } from '../../ui/format.ts';
import { ImportList } from './ImportList.tsx';
import { SnapshotList } from './SnapshotList.tsx';

/** The left column: how much fits, what came in, what was frozen. */
export function CorpusSide({ corpus }: { readonly corpus: CorpusRow }) {
  const capacity = useQuery('corpus.capacity', {}, { refreshOn: ['corpus.changed'] });
  const figure = capacity.data?.find(({ name }) => name === 'Data capacity');
  return (
    <div className="corpus-side">
      <ImportList corpusId={corpus.id} />
      <SnapshotList corpus={corpus} />
      {figure !== undefined && (
        <section className="corpus-section">
          <Stat
            label={figure.name}
            value={figure.value === null ? 'not enough data' : formatFigure(figure.value, figure.unit)}
            detail="the largest that fits this machine"
            aside={<HowComputed figure={figure} />}
          />
        </section>
      )}
    </div>
  );
}
