import type { PreviewNote } from '../../../workers/api/corpus.ts';
import { formatNumber } from '../../ui/format.ts';
import type { LabelChoicesState } from './use-label-choices.ts';

interface PreviewNotesProps {
  readonly notes: readonly PreviewNote[];
  readonly labels: LabelChoicesState;
}

/** The first notes with their spans, for the eye. */
export function PreviewNotes({ notes, labels }: PreviewNotesProps) {
  return (
    <ol className="preview-notes" tabIndex={0} aria-label="The first notes">
      {notes.map((note) => (
        <li key={note.externalId}>
          <div className="muted">
            {note.externalId}, {note.file} line {formatNumber(note.line, 0)}
          </div>
          <div className="preview-text">{pieces(note, labels)}</div>
        </li>
      ))}
    </ol>
  );
}

function pieces(note: PreviewNote, labels: LabelChoicesState) {
  const shown: React.ReactNode[] = [];
  let end = 0;
  for (const span of note.spans.toSorted((a, b) => a.start - b.start)) {
    // Overlapping spans show the first; all of them come in.
    if (span.start < end) continue;
    const choice = labels.choices[span.label];
    const name = choice?.action === 'map' || choice?.action === 'create' ? choice.label : span.label;
    shown.push(note.text.slice(end, span.start));
    shown.push(
      <mark key={span.start} title={name} data-label={name}>
        {note.text.slice(span.start, span.end)}
        <sup>{name}</sup>
      </mark>,
    );
    end = span.end;
  }
  return [...shown, note.text.slice(end)];
}
