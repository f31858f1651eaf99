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

  /** Brings the page level with the spans that are to be seen. */
  paint(spans: ReadonlyMap<string, Span>, index: SpanIndex): void {
    for (const [uid, painted] of this.#painted) {
      if (spans.get(uid) === painted.span) continue;
      this.#erase(uid, painted);
      this.#eraseWithin(painted.span, index);
    }
    for (const [uid, span] of spans) {
      if (!this.#painted.has(uid)) this.#eraseWithin(span, index);
    }
    for (const [uid, span] of spans) {
      if (this.#painted.has(uid) || span.status === 'rejected') continue;
      const inner = isInner(span, index);
      const name = highlightName(span, inner);
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

  /** Whether a span is an inner one depends on those around it: they are painted anew with it. */
  #eraseWithin(around: Span, index: SpanIndex): void {
    for (const { uid } of index.touching(around.start, around.end)) {
      const painted = this.#painted.get(uid);
      if (painted && isInner(painted.span, index) !== painted.inner) this.#erase(uid, painted);
    }
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
