import { Button, ButtonGroup, Tag } from '@blueprintjs/core';
import type { NoteStatus } from '../../../workers/api/annotation.ts';
import { Time } from '../../ui/Time.tsx';
import { setStatus } from '../acts.ts';
import { statusLook } from '../status-look.ts';
import type { NoteText } from '../store.ts';
import { useOpen } from '../store.ts';
import './note-head.css';

interface NoteHeadProps {
  readonly note: NoteText;
  readonly onNext: (() => void) | null;
  readonly onPrevious: (() => void) | null;
}

const choices: readonly NoteStatus[] = ['started', 'done', 'flagged'];

/** Which note this is, whose layer shows, its status, and when the last act was committed. */
export function NoteHead({ note, onNext, onPrevious }: NoteHeadProps) {
  const status = useOpen((state) => state.status);
  const layer = useOpen((state) => state.layer);
  const about = [note.noteType, note.patientId === null ? null : `patient ${note.patientId}`].filter(
    (part) => part !== null,
  );
  return (
    <header className="note-head">
      <ButtonGroup>
        <Button
          icon="chevron-left"
          variant="minimal"
          aria-label="Previous note"
          disabled={!onPrevious}
          onClick={() => onPrevious?.()}
        />
        <Button
          icon="chevron-right"
          variant="minimal"
          aria-label="Next note"
          disabled={!onNext}
          onClick={() => onNext?.()}
        />
      </ButtonGroup>
      <div className="note-head-name">
        <h2>{note.externalId}</h2>
        <span className="muted">
          {about.join(' · ')}
          {note.writtenAt !== null && (
            <>
              {about.length > 0 && ' · '}
              <Time at={note.writtenAt} />
            </>
          )}
        </span>
      </div>
      {layer && !layer.own && (
        <Tag
          minimal
          icon={layer.kind === 'import' ? 'import' : 'person'}
          title="Your first edit copies these spans into your own layer."
        >
          {layer.kind === 'import' ? 'imported' : `by ${layer.name}`}
        </Tag>
      )}
      <SavedMark />
      <ButtonGroup className="note-head-status" role="group" aria-label="Status of the note">
        {choices.map((choice) => (
          <Button
            key={choice}
            size="small"
            icon={statusLook[choice].icon}
            active={status === choice}
            aria-pressed={status === choice}
            onClick={() => setStatus(choice)}
          >
            {statusLook[choice].word}
          </Button>
        ))}
      </ButtonGroup>
    </header>
  );
}

/** Shows a time only once the engine has said that it is in the file. */
function SavedMark() {
  const unsaved = useOpen((state) => state.unsaved);
  const savedAt = useOpen((state) => state.savedAt);
  const failure = useOpen((state) => state.failure);
  return (
    <span className="note-head-saved" data-unsaved={unsaved} data-saved-at={savedAt ?? ''}>
      {failure ? (
        <strong>Not saved: {failure.code}</strong>
      ) : savedAt === null ? null : (
        <>
          Saved <Time at={savedAt} clock />
        </>
      )}
    </span>
  );
}
