import type { Span } from '../../../workers/api/annotation.ts';
import { highlightName } from './highlight-styles.ts';
import type { PageText } from './page-text.ts';
import type { SpanIndex } from './span-index.ts';
import { piecesOf } from './span-index.ts';

interface Painted {
  readonly span: Span;
  readonly name: string;
  readonly inner: boolean;
  readonly ranges: readonly Range[];
}

/** Paints spans with the CSS Custom Highlight API: no element a span, and only what changed is touched. */
export class HighlightPainter {
  readonly #page: PageText;
  readonly #painted = new Map<string, Painted>();
  readonly #highlights = new Map<string, Highlight>();

  constructor(page: PageText) {
    this.#page = page;
  }

  /**
   * Brings a part of the page level with the spans that touch it, and takes the rest off: the browser lays all
   * ranges anew when one changes, so only those in sight may be there.
   */
  paint(index: SpanIndex, sight: { readonly start: number; readonly end: number }): void {
    const wanted = new Map<string, Pick<Painted, 'span' | 'name' | 'inner'>>();
    for (const span of index.touching(sight.start, sight.end)) {
      if (span.status === 'rejected') continue;
      const inner = isInner(span, index);
      wanted.set(span.uid, { span, inner, name: highlightName(span, inner) });
    }
    for (const [uid, painted] of this.#painted) {
      const now = wanted.get(uid);
      if (now?.span !== painted.span || now.name !== painted.name) this.#erase(uid, painted);
    }
    for (const [uid, { span, name, inner }] of wanted) {
      if (this.#painted.has(uid)) continue;
      const highlight = this.#highlight(name, inner ? 1 : 0);
      const ranges = piecesOf(span).map((piece) => this.#page.range(piece.start, piece.end));
      for (const range of ranges) highlight.add(range);
      this.#painted.set(uid, { span, name, inner, ranges });
    }
  }

  /** Paints one stretch, or a few, under a name of their own, above the spans. */
  mark(name: string, stretches: readonly { readonly start: number; readonly end: number }[]): void {
    const highlight = this.#highlight(name, 10);
    if (highlight.size > 0) highlight.clear();
    for (const { start, end } of stretches) highlight.add(this.#page.range(start, end));
  }

  dispose(): void {
    for (const name of this.#highlights.keys()) CSS.highlights.delete(name);
    this.#highlights.clear();
    this.#painted.clear();
  }

  #erase(uid: string, painted: Painted): void {
    const highlight = this.#highlights.get(painted.name);
    for (const range of painted.ranges) highlight?.delete(range);
    this.#painted.delete(uid);
  }

  #highlight(name: string, priority: number): Highlight {
    const known = this.#highlights.get(name);
    if (known) return known;
    const made = new Highlight();
    made.priority = priority;
    CSS.highlights.set(name, made);
    this.#highlights.set(name, made);
    return made;
  }
}

function isInner(span: Span, index: SpanIndex): boolean {
  return index
    .touching(span.start, span.end)
    .some(
      (other) =>
        other.uid !== span.uid &&
        other.labelId === span.labelId &&
        other.start <= span.start &&
        other.end >= span.end &&
        other.end - other.start > span.end - span.start,
    );
}
