import { Button, FormGroup, HTMLSelect } from '@blueprintjs/core';
import { useEffect, useState } from 'react';
import { useQuery } from '../../engine-client/use-query.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { ErrorCallout } from '../../ui/ErrorCallout.tsx';
import { formatNumber } from '../../ui/format.ts';
import { navigate } from '../../ui/navigation.ts';
import { Skeleton } from '../../ui/Skeleton.tsx';
import { NewSnapshot } from './NewSnapshot.tsx';
import { NewSplit } from './NewSplit.tsx';

interface DataChoiceProps {
  readonly splitId: number | null;
  readonly onChoose: (splitId: number | null) => void;
}

/** Corpus, frozen data version and split; what is missing is made in place. */
export function DataChoice({ splitId, onChoose }: DataChoiceProps) {
  const [chosenCorpus, setChosenCorpus] = useState<number | null>(null);
  const [chosenSnapshot, setChosenSnapshot] = useState<number | null>(null);
  const [making, setMaking] = useState<'snapshot' | 'split' | null>(null);
  const corpora = useQuery('corpus.list', {}, { refreshOn: ['corpus.changed'] });
  const corpusId = chosenCorpus ?? corpora.data?.find(({ noteCount }) => noteCount > 0)?.id ?? null;
  const snapshots = useQuery('corpus.snapshots', corpusId === null ? null : { corpusId }, {
    refreshOn: ['snapshot.created'],
  });
  const snapshotId = chosenSnapshot ?? newest(snapshots.data)?.id ?? null;
  const splits = useQuery('corpus.splits', snapshotId === null ? null : { snapshotId });
  const newestSplit = newest(splits.data)?.id ?? null;

  useEffect(() => {
    if (splits.data === undefined) onChoose(null);
    else if (!splits.data.some(({ id }) => id === splitId)) onChoose(newestSplit);
  }, [splits.data, splitId, newestSplit, onChoose]);

  const error = corpora.error ?? snapshots.error ?? splits.error;
  if (error !== undefined) return <ErrorCallout error={error} />;
  if (corpora.data === undefined) return <Skeleton lines={3} />;
  if (corpusId === null) {
    return (
      <EmptyState
        icon="document"
        title="No notes to learn from"
        description="Import annotated notes into a corpus, or annotate some, then come back."
        action={<Button text="Go to Corpus" onClick={() => navigate('/corpus')} />}
      />
    );
  }
  const chosen = splits.data?.find(({ id }) => id === splitId);
  return (
    <fieldset>
      <legend>Data</legend>
      <FormGroup label="Corpus" labelFor="run-corpus">
        <HTMLSelect
          id="run-corpus"
          fill
          value={String(corpusId)}
          options={corpora.data.map(({ id, name }) => ({ value: String(id), label: name }))}
          onChange={(event) => {
            setChosenCorpus(Number(event.currentTarget.value));
            setChosenSnapshot(null);
            setMaking(null);
          }}
        />
      </FormGroup>
      <FormGroup
        label="Data version"
        labelFor="run-snapshot"
        helperText="Frozen notes and annotations, so that the run can be repeated."
      >
        <div className="choice-row">
          {snapshots.data !== undefined && snapshots.data.length > 0 && (
            <HTMLSelect
              id="run-snapshot"
              fill
              value={String(snapshotId ?? '')}
              options={snapshots.data.map(({ id, name, noteCount }) => ({
                value: String(id),
                label: `${name} (${formatNumber(noteCount, 0)} notes)`,
              }))}
              onChange={(event) => {
                setChosenSnapshot(Number(event.currentTarget.value));
                setMaking(null);
              }}
            />
          )}
          <Button
            icon="plus"
            text="New"
            aria-label="New data version"
            onClick={() => setMaking('snapshot')}
          />
        </div>
      </FormGroup>
      {(making === 'snapshot' || snapshots.data?.length === 0) && (
        <NewSnapshot
          corpusId={corpusId}
          taken={snapshots.data?.map(({ name }) => name) ?? []}
          onMade={(id) => {
            setChosenSnapshot(id);
            setMaking(null);
            snapshots.refresh();
          }}
        />
      )}
      {snapshotId !== null && making !== 'snapshot' && (
        <>
          <FormGroup
            label="Split"
            labelFor="run-split"
            {...(chosen === undefined ? {} : { helperText: describe(chosen) })}
          >
            <div className="choice-row">
              {splits.data !== undefined && splits.data.length > 0 && (
                <HTMLSelect
                  id="run-split"
                  fill
                  value={String(splitId ?? '')}
                  options={splits.data.map(({ id, name }) => ({ value: String(id), label: name }))}
                  onChange={(event) => onChoose(Number(event.currentTarget.value))}
                />
              )}
              <Button icon="plus" text="New" aria-label="New split" onClick={() => setMaking('split')} />
            </div>
          </FormGroup>
          {(making === 'split' || splits.data?.length === 0) && (
            <NewSplit
              corpusId={corpusId}
              snapshotId={snapshotId}
              taken={splits.data?.map(({ name }) => name) ?? []}
              onMade={(id) => {
                setMaking(null);
                splits.refresh();
                onChoose(id);
              }}
            />
          )}
        </>
      )}
    </fieldset>
  );
}

function newest<Item extends { readonly createdAt: number; readonly id: number }>(
  items: readonly Item[] | undefined,
): Item | undefined {
  return items?.toSorted((a, b) => b.createdAt - a.createdAt || b.id - a.id)[0];
}

function describe(split: {
  readonly counts: Readonly<Record<'train' | 'dev' | 'test', number>>;
  readonly leakedCount: number;
}): string {
  const { train, dev, test } = split.counts;
  const parts = `${formatNumber(train, 0)} train, ${formatNumber(dev, 0)} dev, ${formatNumber(test, 0)} test notes`;
  return split.leakedCount === 0
    ? `${parts}.`
    : `${parts}; ${String(split.leakedCount)} stand in an earlier part too.`;
}
