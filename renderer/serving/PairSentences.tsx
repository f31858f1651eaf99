import { Button } from '@blueprintjs/core';
import { useState } from 'react';
import type { PairMention, PairOrigin, TreatmentPair } from '../../workers/api/serving.ts';
import { useQuery } from '../engine-client/use-query.ts';
import { ErrorCallout } from '../ui/ErrorCallout.tsx';
import { formatNumber } from '../ui/format.ts';
import { routeOf } from '../ui/navigation.ts';
import { Skeleton } from '../ui/Skeleton.tsx';

const words: Readonly<Record<PairOrigin, string>> = {
  linked: 'linked',
  'gold-sentence': 'annotated',
  'predicted-sentence': 'predicted',
};

/** The sentences behind a pair; each opens its note. */
export function PairSentences({ pair }: { readonly pair: TreatmentPair }) {
  const [limit, setLimit] = useState(20);
  const { disease, treatment } = pair;
  const mentions = useQuery('serving.pairMentions', { disease, treatment, limit, offset: 0 });
  return (
    <div className="pair-sentences" role="region" aria-label={`Sentences with ${disease} and ${treatment}`}>
      <h3>
        {treatment} for {disease}
      </h3>
      {mentions.error !== undefined && <ErrorCallout error={mentions.error} onRetry={mentions.refresh} />}
      {mentions.data === undefined && mentions.error === undefined && <Skeleton lines={3} />}
      <ul>
        {mentions.data?.rows.map((mention, index) => (
          <li key={index}>
            <a href={`#${routeOf('annotation', 'note', mention.noteId)}`}>{mention.noteName}</a>
            <span className="muted"> {words[mention.origin]}</span>
            <p>{marked(mention)}</p>
          </li>
        ))}
      </ul>
      {mentions.data !== undefined && mentions.data.total > limit && (
        <Button
          size="small"
          text={`Show more of ${formatNumber(mentions.data.total, 0)}`}
          onClick={() => setLimit(Math.min(1000, limit + 50))}
        />
      )}
    </div>
  );
}

function marked({ sentence, start, disease, treatment }: PairMention) {
  const places = [
    { bounds: disease, className: 'pair-disease' },
    { bounds: treatment, className: 'pair-treatment' },
  ].toSorted((a, b) => a.bounds[0] - b.bounds[0]);
  let at = 0;
  const parts = places.flatMap(({ bounds, className }) => {
    const [from, to] = [Math.max(at, bounds[0] - start), bounds[1] - start];
    const before = sentence.slice(at, from);
    at = Math.max(at, to);
    return [
      before,
      <mark key={className} className={className}>
        {sentence.slice(from, to)}
      </mark>,
    ];
  });
  return [...parts, sentence.slice(at)];
}
