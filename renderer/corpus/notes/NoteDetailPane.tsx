import { Button } from '@blueprintjs/core';
import type { NoteDetail } from '../../../workers/api/corpus.ts';
import { useQuery } from '../../engine-client/use-query.ts';
import { ErrorCallout } from '../../ui/ErrorCallout.tsx';
import { Skeleton } from '../../ui/Skeleton.tsx';
import { Time } from '../../ui/Time.tsx';
import { formatCount } from '../../ui/format.ts';
import { navigate, routeOf } from '../../ui/navigation.ts';
import { encodingNames, partNames, statusNames } from '../words.ts';

/** Longer texts are read in Annotation, where they are laid out piece by piece. */
const shownCharacters = 6000;

/** One note: what is known of it, where it came from, and how it begins. */
export function NoteDetailPane({
  noteId,
  onClose,
}: {
  readonly noteId: number;
  readonly onClose: () => void;
}) {
  const note = useQuery('corpus.note', { noteId }, { refreshOn: ['note.changed'] });
  return (
    <article className="note-detail">
      <div className="note-detail-head">
        <h2>{note.data?.externalId ?? 'Note'}</h2>
        <Button
          variant="minimal"
          icon="cross"
          aria-label="Close the note and show the profile"
          title="Show the profile (P)"
          onClick={onClose}
        />
      </div>
      {note.error !== undefined && <ErrorCallout error={note.error} onRetry={note.refresh} />}
      {note.data === undefined ? <Skeleton /> : <Facts note={note.data} />}
    </article>
  );
}

function Facts({ note }: { readonly note: NoteDetail }) {
  const facts: readonly (readonly [string, React.ReactNode])[] = [
    ['Status', statusNames[note.status]],
    ['Type', note.noteType],
    ['Patient', note.patientId],
    ['Site', note.site],
    ['Author', note.author],
    ['Written', note.writtenAt === null ? null : <Time at={note.writtenAt} />],
    ['Part', note.part === null ? null : partNames[note.part]],
    ['Length', formatCount(note.length, 'character')],
    [
      'Source',
      note.source === null
        ? null
        : `${note.source.file}${note.source.line === null ? '' : `, line ${String(note.source.line)}`}`,
    ],
    ['Encoding', note.source === null ? null : encodingNames[note.source.encoding]],
    [
      'File SHA-256',
      note.source === null ? null : (
        <code title={note.source.sha256}>{note.source.sha256.slice(0, 16)}…</code>
      ),
    ],
    ...Object.entries((note.metadata ?? {}) as Record<string, unknown>).map(
      ([key, value]) => [key, typeof value === 'string' ? value : JSON.stringify(value)] as const,
    ),
  ];
  return (
    <>
      <Button
        icon="annotation"
        text="Open in Annotation"
        onClick={() => navigate(routeOf('annotation', 'note', note.id))}
      />
      <dl>
        {facts
          .filter(([, value]) => value !== null && value !== '')
          .map(([name, value]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ))}
      </dl>
      <div className="note-text">
        {note.text.slice(0, shownCharacters)}
        {note.text.length > shownCharacters && <span className="muted"> … open it to read on</span>}
      </div>
    </>
  );
}
