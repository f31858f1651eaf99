import { Button, HTMLSelect } from '@blueprintjs/core';
import { useState } from 'react';
import type { CorpusRow } from '../../../workers/api/corpus.ts';
import { useQuery } from '../../engine-client/use-query.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { ErrorCallout } from '../../ui/ErrorCallout.tsx';
import { Skeleton } from '../../ui/Skeleton.tsx';
import { useCommands } from '../../ui/commands/use-commands.ts';
import { formatCount } from '../../ui/format.ts';
import { Panes } from '../../ui/layout/Panes.tsx';
import { Screen } from '../../ui/layout/Screen.tsx';
import { navigate, routeOf } from '../../ui/navigation.ts';
import { NoteDetailPane } from '../notes/NoteDetailPane.tsx';
import { NoteTable } from '../notes/NoteTable.tsx';
import { CorpusSide } from './CorpusSide.tsx';
import { ProfilePane } from './ProfilePane.tsx';
import './overview.css';

const changes = ['corpus.changed', 'snapshot.created'] as const;

/** What a corpus holds, at one glance: imports and snapshots, notes, and a note or the profile beside. */
export function CorpusOverview({ corpusId }: { readonly corpusId: number | null }) {
  const corpora = useQuery('corpus.list', {}, { refreshOn: changes });
  const [noteId, setNoteId] = useState<number | null>(null);
  const shown = corpora.data?.find(({ id }) => id === corpusId) ?? corpora.data?.at(-1);
  const importRoute = shown === undefined ? '/corpus/import' : routeOf('corpus', 'import', shown.id);
  useCommands([
    {
      id: 'corpus.import',
      title: 'Import notes',
      group: 'Corpus',
      keys: 'i',
      run: () => navigate(importRoute),
    },
    {
      id: 'corpus.profile',
      title: 'Show the profile of the corpus',
      group: 'Corpus',
      keys: 'p',
      run: () => setNoteId(null),
      when: () => noteId !== null,
    },
  ]);
  const importButton = (
    <Button intent="primary" icon="import" text="Import notes" onClick={() => navigate(importRoute)} />
  );

  if (corpora.error !== undefined) {
    return (
      <Screen title="Corpus" page>
        <ErrorCallout error={corpora.error} onRetry={corpora.refresh} />
      </Screen>
    );
  }
  if (corpora.data === undefined) {
    return (
      <Screen title="Corpus" page>
        <Skeleton />
      </Screen>
    );
  }
  if (shown === undefined) {
    return (
      <Screen title="Corpus">
        <EmptyState
          icon="import"
          title="No notes yet"
          description="Import notes to begin: token and label pairs, CoNLL, JSONL, or a folder of text files. Nothing is written before you have seen what would come in."
          action={importButton}
        />
      </Screen>
    );
  }
  return (
    <Screen
      title="Corpus"
      subtitle={<CorpusPicker corpora={corpora.data} shown={shown} />}
      actions={importButton}
    >
      <Panes
        id="corpus"
        listLabel="Imports and snapshots"
        detailLabel={noteId === null ? 'Profile' : 'Note'}
        listSize={300}
        detailSize={340}
        list={<CorpusSide corpus={shown} />}
        work={
          <NoteTable
            key={shown.id}
            corpusId={shown.id}
            selected={noteId}
            onSelect={setNoteId}
            importRoute={importRoute}
          />
        }
        detail={
          noteId === null ? (
            <ProfilePane corpusId={shown.id} />
          ) : (
            <NoteDetailPane noteId={noteId} onClose={() => setNoteId(null)} />
          )
        }
      />
    </Screen>
  );
}

function CorpusPicker({
  corpora,
  shown,
}: {
  readonly corpora: readonly CorpusRow[];
  readonly shown: CorpusRow;
}) {
  const counted = `${formatCount(shown.noteCount, 'note')}, ${formatCount(shown.characters, 'character')}`;
  return (
    <span className="corpus-picker">
      {corpora.length > 1 ? (
        <HTMLSelect
          aria-label="Corpus"
          value={shown.id}
          onChange={(event) => navigate(routeOf('corpus', event.currentTarget.value))}
          options={corpora.map(({ id, name }) => ({ value: id, label: name }))}
        />
      ) : (
        <strong>{shown.name}</strong>
      )}
      <span>{counted}</span>
    </span>
  );
}
