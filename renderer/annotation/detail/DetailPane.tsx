import type { NoteText } from '../store.ts';
import { useOpen } from '../store.ts';
import { formatNumber } from '../../ui/format.ts';
import { Guideline } from './Guideline.tsx';
import { LinkTable } from './LinkTable.tsx';
import { SpanList } from './SpanList.tsx';
import './detail.css';

/** Beside the note: its spans, its links, and what the guideline says at this place. */
export function DetailPane({ note }: { readonly note: NoteText }) {
  const spans = useOpen((state) => state.spans.size);
  const links = useOpen((state) => state.links.size);
  return (
    <div className="detail">
      <section className="detail-part detail-spans" aria-labelledby="detail-spans">
        <h3 id="detail-spans">
          Spans <span className="muted">{formatNumber(spans, 0)}</span>
        </h3>
        {spans === 0 ? (
          <p className="detail-none muted">
            No spans yet. Move with the arrow keys, extend with Shift, tag with a label’s key.
          </p>
        ) : (
          <SpanList note={note} />
        )}
      </section>
      <section className="detail-part detail-links" aria-labelledby="detail-links">
        <h3 id="detail-links">
          Links <span className="muted">{formatNumber(links, 0)}</span>
        </h3>
        <LinkTable note={note} />
      </section>
      <section className="detail-part" aria-labelledby="detail-guideline">
        <h3 id="detail-guideline">Guideline</h3>
        <Guideline />
      </section>
    </div>
  );
}
