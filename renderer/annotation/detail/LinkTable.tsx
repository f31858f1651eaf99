import { Button } from '@blueprintjs/core';
import type { Link, Span } from '../../../workers/api/annotation.ts';
import { goToSpan, unlink } from '../acts.ts';
import type { NoteText } from '../store.ts';
import { useOpen } from '../store.ts';

const shown = 500;

/** All links of the note; only those of the active span are drawn on the page. */
export function LinkTable({ note }: { readonly note: NoteText }) {
  const links = useOpen((state) => state.links);
  const spans = useOpen((state) => state.spans);
  const active = useOpen((state) => state.active);
  const types = useOpen((state) => state.schema.linkTypes);
  if (links.size === 0) {
    return <p className="detail-none muted">No links yet. With the caret on a span, press L.</p>;
  }
  const order = [...links.values()].toSorted(
    (a, b) => (spans.get(a.from)?.start ?? 0) - (spans.get(b.from)?.start ?? 0),
  );
  return (
    <div className="link-table-scroll" tabIndex={0} role="group" aria-label="Links">
      <table className="link-table">
        <thead>
          <tr>
            <th scope="col">From</th>
            <th scope="col">Link</th>
            <th scope="col">To</th>
            <th scope="col">
              <span className="visually-hidden">Remove</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {order.slice(0, shown).map((link) => (
            <tr key={link.uid} data-active={link.from === active || link.to === active}>
              <td>
                <End note={note} link={link} span={spans.get(link.from)} />
              </td>
              <td>{types.find((type) => type.id === link.typeId)?.name}</td>
              <td>
                <End note={note} link={link} span={spans.get(link.to)} />
              </td>
              <td>
                <Button
                  size="small"
                  variant="minimal"
                  icon="cross"
                  aria-label="Remove this link"
                  onClick={() => unlink(link.uid)}
                />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {order.length > shown && (
        <p className="detail-none muted">
          The first {shown} of {order.length} links.
        </p>
      )}
    </div>
  );
}

interface EndProps {
  readonly note: NoteText;
  readonly link: Link;
  readonly span: Span | undefined;
}

function End({ note, link, span }: EndProps) {
  if (!span) return <span className="muted">…</span>;
  return (
    <button
      type="button"
      className="link-end"
      dir="auto"
      onKeyDown={(event) => {
        if (event.key === 'Delete' || event.key === 'Backspace') unlink(link.uid);
      }}
      onClick={() => goToSpan(span.uid)}
    >
      {note.text.slice(span.start, Math.min(span.end, span.start + 60)).replace(/\s+/gu, ' ')}
    </button>
  );
}
