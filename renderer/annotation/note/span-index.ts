import type { Span } from '../../../workers/api/annotation.ts';

const bucketSize = 256;

/** Finds the spans at an offset without the DOM: buckets of text that each know the spans that touch them. */
export class SpanIndex {
  readonly #buckets = new Map<number, Set<string>>();
  readonly #spans = new Map<string, Span>();

  put(span: Span): void {
    this.remove(span.uid);
    this.#spans.set(span.uid, span);
    for (const bucket of bucketsOf(span)) {
      const set = this.#buckets.get(bucket);
      if (set) set.add(span.uid);
      else this.#buckets.set(bucket, new Set([span.uid]));
    }
  }

  remove(uid: string): void {
    const span = this.#spans.get(uid);
    if (!span) return;
    for (const bucket of bucketsOf(span)) this.#buckets.get(bucket)?.delete(uid);
    this.#spans.delete(uid);
  }

  /** Spans that touch a stretch of text, the shortest first: the one a person means when spans are nested. */
  touching(start: number, end: number): readonly Span[] {
    const found = new Map<string, Span>();
    const last = Math.floor(Math.max(start, end - 1) / bucketSize);
    for (let bucket = Math.floor(start / bucketSize); bucket <= last; bucket += 1) {
      for (const uid of this.#buckets.get(bucket) ?? []) {
        const span = this.#spans.get(uid);
        if (span && piecesOf(span).some((piece) => piece.start < end && piece.end > start)) {
          found.set(uid, span);
        }
      }
    }
    return [...found.values()].toSorted(
      (a, b) => a.end - a.start - (b.end - b.start) || a.start - b.start || (a.uid < b.uid ? -1 : 1),
    );
  }
}

/** The stretches of text that a span marks: one, or the fragments of a discontinuous one. */
export function piecesOf(span: Span): readonly { readonly start: number; readonly end: number }[] {
  return span.fragments ?? [span];
}

function bucketsOf(span: Span): readonly number[] {
  const first = Math.floor(span.start / bucketSize);
  const last = Math.floor((span.end - 1) / bucketSize);
  return Array.from({ length: last - first + 1 }, (_, index) => first + index);
}
