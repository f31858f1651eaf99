import { Button } from '@blueprintjs/core';
import { useCallback, useEffect, useState } from 'react';
import { call } from '../engine-client/engine.ts';
import { useConnection } from '../engine-client/use-connection.ts';
import { useEvent } from '../engine-client/use-event.ts';
import { useQuery } from '../engine-client/use-query.ts';
import { EmptyState } from '../ui/EmptyState.tsx';
import { ErrorCallout } from '../ui/ErrorCallout.tsx';
import { Skeleton } from '../ui/Skeleton.tsx';
import { Panes } from '../ui/layout/Panes.tsx';
import { navigate, routeOf } from '../ui/navigation.ts';
import { followEngine, reload } from './act-queue.ts';
import { DetailPane } from './detail/DetailPane.tsx';
import { addHighlightSheet } from './note/highlight-styles.ts';
import { KeyBar } from './note/KeyBar.tsx';
import { NoteHead } from './note/NoteHead.tsx';
import { NoteView } from './note/NoteView.tsx';
import { closeNote, openNote, refreshSchema } from './open-note.ts';
import { QueuePane } from './queue/QueuePane.tsx';
import type { QueueFilter } from './queue/use-queue.ts';
import { useQueue } from './queue/use-queue.ts';
import { useOpen } from './store.ts';
import { useAnnotationCommands } from './use-annotation-commands.ts';
import './annotation.css';

/** What the list was filtered by, kept while the app runs. */
let keptFilter: QueueFilter = {};

function go(noteId: number): void {
  navigate(routeOf('annotation', 'note', noteId));
}

/** The annotator's workplace: the queue, the note as the page, and its spans, links and guideline. */
export function AnnotationScreen({ path }: { readonly path: readonly string[] }) {
  const noteId = path[0] === 'note' && /^[1-9]\d*$/.test(path[1] ?? '') ? Number(path[1]) : null;
  const [filter, setFilterState] = useState(keptFilter);
  const setFilter = useCallback((next: QueueFilter) => {
    keptFilter = next;
    setFilterState(next);
  }, []);
  const queue = useQueue(filter);
  const place = useQuery('annotation.place', noteId === null ? null : { noteId, ...filter }, {
    refreshOn: ['corpus.changed'],
  }).data;
  const nextId = place?.next ?? null;
  const previousId = place?.previous ?? null;
  const connection = useConnection();

  useEffect(() => {
    if (noteId === null) void openFirst();
    else void openNote(noteId);
  }, [noteId]);
  // Here and not in the note: a change of rules makes the browser style the whole window anew.
  const labels = useOpen((state) => state.schema.labels);
  useEffect(() => addHighlightSheet(labels), [labels]);
  useEffect(() => followEngine(), []);
  useEffect(() => closeNote, []);
  useEvent('schema.changed', () => void refreshSchema());
  useEffect(() => {
    if (connection === 'connected') void reload();
  }, [connection]);

  const turn = {
    next: () => {
      if (nextId !== null) go(nextId);
    },
    previous: () => {
      if (previousId !== null) go(previousId);
    },
  };
  useAnnotationCommands(turn);

  if (queue.total === 0 && Object.keys(filter).length === 0) {
    return (
      <EmptyState
        icon="highlight"
        title="No notes to annotate yet"
        description="Notes come in through an import. They may bring spans of their own."
        action={
          <Button intent="primary" icon="import" text="Import notes" onClick={() => navigate('/corpus')} />
        }
      />
    );
  }
  return (
    <Panes
      id="annotation"
      listLabel="Notes to annotate"
      detailLabel="Spans, links and guideline"
      listSize={260}
      detailSize={300}
      list={
        <QueuePane
          queue={queue}
          filter={filter}
          onFilter={setFilter}
          openId={noteId}
          openIndex={place?.index ?? null}
          onOpen={go}
        />
      }
      work={
        <Work
          noteId={noteId}
          onNext={nextId !== null ? turn.next : null}
          onPrevious={previousId !== null ? turn.previous : null}
        />
      }
      detail={<Detail />}
    />
  );
}

interface WorkProps {
  readonly noteId: number | null;
  readonly onNext: (() => void) | null;
  readonly onPrevious: (() => void) | null;
}

function Work({ noteId, onNext, onPrevious }: WorkProps) {
  const note = useOpen((state) => state.note);
  const failure = useOpen((state) => state.failure);
  if (!note && failure) {
    return (
      <div className="annotation-failure">
        <ErrorCallout error={failure} onRetry={() => noteId !== null && void openNote(noteId)} />
      </div>
    );
  }
  if (!note) return <Skeleton lines={12} label="Loading the note" />;
  return (
    <div className="annotation-work" data-open-note={note.noteId}>
      <h1 className="visually-hidden">Annotation</h1>
      <NoteHead note={note} onNext={onNext} onPrevious={onPrevious} />
      <NoteView key={note.noteId} note={note} />
      <KeyBar />
    </div>
  );
}

function Detail() {
  const note = useOpen((state) => state.note);
  return note ? <DetailPane note={note} /> : null;
}

/** Without a note in the route: the one begun last, else the first that waits, else the first of all. */
async function openFirst(): Promise<void> {
  for (const status of ['started', 'new', undefined] as const) {
    const { rows } = await call('annotation.queue', {
      limit: 1,
      ...(status ? { status } : {}),
      ...keptFilter,
    });
    if (rows[0]) {
      go(rows[0].noteId);
      return;
    }
  }
}
