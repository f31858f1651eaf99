import { Button, Icon } from '@blueprintjs/core';
import { useState } from 'react';
import type { TreatmentPair } from '../../../workers/api/serving.ts';
import { useQuery } from '../../engine-client/use-query.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { ErrorCallout } from '../../ui/ErrorCallout.tsx';
import { formatCount, formatNumber } from '../../ui/format.ts';
import { HowComputed } from '../../ui/HowComputed.tsx';
import { navigate } from '../../ui/navigation.ts';
import { Skeleton } from '../../ui/Skeleton.tsx';
import { PairMentions } from './PairMentions.tsx';
import { byDisease } from './treatment-rows.ts';
import './treatment-map.css';

const pageSize = 50;

/** Which treatments were seen for which disease, commonest first; a pair opens onto the sentences behind it. */
export function TreatmentMap() {
  const [limit, setLimit] = useState(pageSize);
  const [chosen, setChosen] = useState<TreatmentPair | null>(null);
  const { data, error, loading, refresh } = useQuery(
    'serving.treatmentMap',
    { limit },
    { refreshOn: ['note.changed', 'corpus.changed', 'registry.changed'] },
  );
  const most = Math.max(1, ...(data?.pairs ?? []).map(barLength));
  return (
    <section className="treatment-map" aria-labelledby="treatment-map-title">
      <header>
        <h2 id="treatment-map-title">Treatment map</h2>
        {data !== undefined && data.total > 0 && (
          <>
            <span className="muted">
              {formatCount(data.diseases, 'disease')}, {formatCount(data.treatments, 'treatment')},{' '}
              {formatCount(data.total, 'pair')} in {formatCount(data.notesWithGold, 'annotated note')}
              {data.modelVersion !== null &&
                ` and ${formatCount(data.notesWithPredictions, 'note')} predicted by ${data.modelVersion}`}
            </span>
            <HowComputed
              figure={{
                name: 'the treatment map',
                value: data.total,
                unit: 'pairs',
                interval: null,
                n: data.notesWithGold + data.notesWithPredictions,
                howComputed: data.howComputed,
                trend: [],
              }}
            />
          </>
        )}
      </header>
      {loading && <Skeleton lines={6} />}
      {data === undefined && error !== undefined && (
        <ErrorCallout error={error} title="The treatment map cannot be shown" onRetry={refresh} />
      )}
      {data !== undefined && data.pairs.length === 0 && (
        <EmptyState
          icon="many-to-many"
          title="No pairs yet"
          description="A pair appears as soon as a disease and a treatment are annotated, linked or predicted in one sentence."
          action={<Button intent="primary" text="Annotate notes" onClick={() => navigate('/annotation')} />}
        />
      )}
      {data !== undefined && data.pairs.length > 0 && (
        <div className="treatment-columns">
          <div className="treatment-rows">
            {byDisease(data.pairs).map(({ disease, pairs }) => (
              <div key={disease} className="treatment-disease">
                <h3>{disease}</h3>
                <ul>
                  {pairs.map((pair) => (
                    <li key={pair.treatment}>
                      <button
                        type="button"
                        className="treatment-pair"
                        aria-pressed={chosen?.disease === pair.disease && chosen.treatment === pair.treatment}
                        onClick={() => setChosen(pair)}
                      >
                        <span className="treatment-name">{pair.treatment}</span>
                        <span className="treatment-bar" aria-hidden>
                          <span
                            className="treatment-linked"
                            style={{ width: `${(100 * pair.linked) / most}%` }}
                          />
                          <span
                            className="treatment-gold"
                            style={{ width: `${(100 * unlinked(pair)) / most}%` }}
                          />
                          <span
                            className="treatment-predicted"
                            style={{ width: `${(100 * pair.predictedSentences) / most}%` }}
                          />
                        </span>
                        <span className="treatment-count" title={countWords(pair)}>
                          {formatNumber(pair.notes, 0)}
                          <span className="visually-hidden">: {countWords(pair)}</span>
                        </span>
                      </button>
                    </li>
                  ))}
                </ul>
              </div>
            ))}
            {data.total > data.pairs.length && (
              <Button
                size="small"
                text={`Show more of ${formatNumber(data.total, 0)} pairs`}
                onClick={() => setLimit(Math.min(1000, limit + 100))}
              />
            )}
          </div>
          <aside className="treatment-detail" aria-label="Sentences behind the pair">
            {chosen === null ? (
              <p className="muted treatment-hint">
                <Icon icon="arrow-left" aria-hidden /> Choose a pair to read the sentences behind it.
              </p>
            ) : (
              <PairMentions key={`${chosen.disease} ${chosen.treatment}`} pair={chosen} />
            )}
          </aside>
        </div>
      )}
      {data !== undefined && data.pairs.length > 0 && (
        <p className="treatment-legend">
          <span className="treatment-linked" /> linked by an annotator
          <span className="treatment-gold" /> annotated in one sentence
          <span className="treatment-predicted" /> predicted in one sentence; the number counts notes
        </p>
      )}
    </section>
  );
}

/** A linked pair mostly stands in one sentence too; the bar counts it once. */
function unlinked(pair: TreatmentPair): number {
  return Math.max(0, pair.goldSentences - pair.linked);
}

function barLength(pair: TreatmentPair): number {
  return pair.linked + unlinked(pair) + pair.predictedSentences;
}

function countWords(pair: TreatmentPair): string {
  return `${pair.linked} linked, ${pair.goldSentences} annotated in one sentence, ${pair.predictedSentences} predicted, in ${formatCount(pair.notes, 'note')}`;
}
