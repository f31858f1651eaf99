import { memo, useEffect, useRef } from 'react';
import type { NoteText } from '../store.ts';
import { ActionBar } from './ActionBar.tsx';
import { currentPage, showPage } from './page-view.ts';
import './note-view.css';

/** The note as the page. React writes its lines once; spans, caret and links are painted past it. */
export const NoteView = memo(function NoteView({ note }: { readonly note: NoteText }) {
  const scroller = useRef<HTMLDivElement>(null);
  const text = useRef<HTMLDivElement>(null);
  const overlay = useRef<HTMLDivElement>(null);

  useEffect(() => {
    if (!scroller.current || !text.current || !overlay.current) return;
    const elements = { scroller: scroller.current, text: text.current, overlay: overlay.current };
    const leave = showPage(elements);
    if (document.activeElement === null || document.activeElement === document.body) currentPage()?.focus();
    return leave;
  }, [note]);

  return (
    <div
      className="note-scroll"
      ref={scroller}
      tabIndex={0}
      role="group"
      aria-label={`Text of note ${note.externalId}`}
      aria-describedby="annotation-notice"
      data-note-id={note.noteId}
    >
      <div className="note-page">
        <div className="note-text" ref={text}>
          {note.lines.map((line) => (
            <div key={line.start} className="note-line" dir="auto">
              {note.text.slice(line.start, line.end)}
            </div>
          ))}
        </div>
        <div className="note-overlay" ref={overlay} aria-hidden />
        <ActionBar />
      </div>
    </div>
  );
});
