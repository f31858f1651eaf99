import { Button } from '@blueprintjs/core';
import { useState } from 'react';
import type { PairOrigin, TreatmentPair } from '../../../workers/api/serving.ts';
import { useQuery } from '../../engine-client/use-query.ts';
import { ErrorCallout } from '../../ui/ErrorCallout.tsx';
import { routeOf } from '../../ui/navigation.ts';
import { Skeleton } from '../../ui/Skeleton.tsx';
import { mergeMentions, sentencePieces } from './treatment-rows.ts';

const origins: Readonly<Record<PairOrigin, string>> = {
  linked: 'linked',
  'gold-sentence': 'annotated in one sentence',
  'predicted-sentence': 'predicted',
};

/** The sentences behind one pair, with the two spans marked and the way to each note. */
export function PairMentions({ pair }: { readonly pair: TreatmentPair }) {
  const { disease, treatment } = pair;
  const [limit, setLimit] = useState(20);
  const { data, error, loading } = useQuery('serving.pairMentions', { disease, treatment, limit });
  return (
    <>
      <h3>
        {treatment} <span className="muted">for</span> {disease}
      </h3>
      {loading && <Skeleton lines={4} />}
      {error !== undefined && data === undefined && (
        <ErrorCallout error={error} title="The sentences cannot be shown" />
      )}
      {data !== undefined && (
        <>
          <ul className="mentions">
            {mergeMentions(data.rows).map((row) => (
              <li key={`${row.noteId} ${row.disease.join('-')} ${row.treatment.join('-')}`}>
                <p>
                  {sentencePieces(row.sentence, row.start, row.disease, row.treatment).map(
                    ({ text, kind }, index) =>
                      kind === null ? (
                        <span key={index}>{text}</span>
                      ) : (
                        <mark key={index} className={`mention-${kind}`}>
                          {text}
                        </mark>
                      ),
                  )}
                </p>
                <a href={`#${routeOf('annotation', 'note', row.noteId)}`}>{row.noteName}</a>
                <span className="muted"> {row.origins.map((origin) => origins[origin]).join(', ')}</span>
              </li>
            ))}
          </ul>
          {data.total > data.rows.length && (
            <Button size="small" text="Show more" onClick={() => setLimit(limit + 50)} />
          )}
        </>
      )}
    </>
  );
}
