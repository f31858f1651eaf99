import { Button, InputGroup } from '@blueprintjs/core';
import type { FormEvent } from 'react';
import { useState } from 'react';
import type { CorpusRow } from '../../../workers/api/corpus.ts';
import { call } from '../../engine-client/engine.ts';
import { useAction } from '../../engine-client/use-action.ts';
import { useQuery } from '../../engine-client/use-query.ts';
import { ErrorCallout } from '../../ui/ErrorCallout.tsx';
import { SnapshotItem } from './SnapshotItem.tsx';

/** Dataset versions, and the way to make one. */
export function SnapshotList({ corpus }: { readonly corpus: CorpusRow }) {
  const snapshots = useQuery(
    'corpus.snapshots',
    { corpusId: corpus.id },
    { refreshOn: ['snapshot.created', 'corpus.changed'] },
  );
  const [name, setName] = useState<string | null>(null);
  const suggested = `v${String((snapshots.data?.length ?? 0) + 1)}`;
  const freeze = useAction(async (chosen: string) => {
    await call('corpus.createSnapshot', { corpusId: corpus.id, name: chosen });
    setName(null);
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    void freeze.run((name ?? suggested).trim());
  };
  return (
    <section className="corpus-section" aria-labelledby="snapshots-heading">
      <h2 id="snapshots-heading">Snapshots</h2>
      <form className="corpus-freeze" onSubmit={submit}>
        <InputGroup
          size="small"
          aria-label="Name of the snapshot"
          value={name ?? suggested}
          onValueChange={setName}
          disabled={freeze.busy}
        />
        <Button
          size="small"
          type="submit"
          icon="lock"
          text="Freeze"
          loading={freeze.busy}
          disabled={corpus.noteCount === 0 || (name ?? suggested).trim() === ''}
          title="Keeps the notes, gold spans and links as they are now as an immutable dataset version"
        />
      </form>
      {freeze.error !== undefined && <ErrorCallout error={freeze.error} />}
      {snapshots.error !== undefined && <ErrorCallout error={snapshots.error} onRetry={snapshots.refresh} />}
      {snapshots.data?.length === 0 && (
        <p className="muted">
          None yet. Freeze the corpus, then split it, so that a model can be trained and tested on it.
        </p>
      )}
      <ul className="corpus-list">
        {snapshots.data?.map((snapshot) => (
          <SnapshotItem key={snapshot.id} snapshot={snapshot} />
        ))}
      </ul>
    </section>
  );
}
