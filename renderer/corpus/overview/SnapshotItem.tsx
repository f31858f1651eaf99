import { Button } from '@blueprintjs/core';
import { useState } from 'react';
import type { Snapshot, Split } from '../../../workers/api/corpus.ts';
import { useQuery } from '../../engine-client/use-query.ts';
import { Time } from '../../ui/Time.tsx';
import { formatCount, formatNumber } from '../../ui/format.ts';
import { SplitForm } from './SplitForm.tsx';

/** A dataset version with its splits. */
export function SnapshotItem({ snapshot }: { readonly snapshot: Snapshot }) {
  const [splitting, setSplitting] = useState(false);
  const splits = useQuery('corpus.splits', { snapshotId: snapshot.id }, { refreshOn: ['corpus.changed'] });
  const labels = Object.entries(snapshot.labelCounts)
    .map(([label, count]) => `${label} ${formatNumber(count, 0)}`)
    .join(', ');
  return (
    <li className="corpus-item">
      <div className="corpus-item-head">
        <strong>{snapshot.name}</strong>
        <code title={`Content SHA-256 ${snapshot.contentSha256}`}>{snapshot.contentSha256.slice(0, 10)}</code>
      </div>
      <div className="muted">
        {formatCount(snapshot.noteCount, 'note')}, {formatNumber(snapshot.annotatedCount, 0)} annotated,{' '}
        {formatCount(snapshot.spanCount, 'span')}, {formatCount(snapshot.linkCount, 'link')}
      </div>
      {labels !== '' && <div className="muted">{labels}</div>}
      <div className="muted">
        <Time at={snapshot.createdAt} />
        {snapshot.by !== null && `, ${snapshot.by}`}
      </div>
      <ul className="corpus-splits">
        {splits.data?.map((split) => (
          <li key={split.id}>
            <SplitLine split={split} />
          </li>
        ))}
      </ul>
      <div className="corpus-item-actions">
        <Button
          size="small"
          variant="minimal"
          icon="fork"
          text="Split"
          aria-label={`Split ${snapshot.name}`}
          aria-expanded={splitting}
          onClick={() => setSplitting(!splitting)}
        />
      </div>
      {splitting && (
        <SplitForm
          snapshotId={snapshot.id}
          taken={splits.data?.length ?? 0}
          onDone={() => setSplitting(false)}
        />
      )}
    </li>
  );
}

function SplitLine({ split }: { readonly split: Split }) {
  const { train, dev, test } = split.counts;
  return (
    <>
      <strong>{split.name}</strong>{' '}
      <span className="muted">
        train {formatNumber(train, 0)}, dev {formatNumber(dev, 0)}, test {formatNumber(test, 0)};{' '}
        {split.method === 'source' ? 'parts of the source' : `random, seed ${String(split.seed)}`}
      </span>
      {split.leakedCount > 0 && (
        <div className="corpus-leaked">
          {formatCount(split.leakedCount, 'note')} whose text stands in an earlier part too; scores are
          reported with and without them
        </div>
      )}
    </>
  );
}
