import type { Link, NoteDelta, NoteStatus, Span } from '../api/annotation.ts';
import type { Change, LinkRecord, SpanRecord } from './change.ts';

/** A span as a window sees it. */
export function spanView(span: SpanRecord): Span {
  return {
    uid: span.uid,
    labelId: span.label,
    start: span.start,
    end: span.end,
    origin: span.origin,
    status: span.status,
    score: span.score ?? null,
    ...(span.fragments ? { fragments: span.fragments } : {}),
  };
}

export function linkView(link: LinkRecord): Link {
  return { uid: link.uid, typeId: link.type, from: link.from, to: link.to };
}

/** What changes do to a note, for a window to follow. Later changes win. */
export function deltaOf(changes: readonly Change[]): NoteDelta {
  const putSpans = new Map<string, Span>();
  const droppedSpans = new Set<string>();
  const putLinks = new Map<string, Link>();
  const droppedLinks = new Set<string>();
  let status: NoteStatus | null = null;
  const putSpan = (span: SpanRecord): void => {
    droppedSpans.delete(span.uid);
    putSpans.set(span.uid, spanView(span));
  };
  for (const change of changes) {
    switch (change.op) {
      case 'put':
        for (const span of change.spans) putSpan(span);
        for (const link of change.links) {
          droppedLinks.delete(link.uid);
          putLinks.set(link.uid, linkView(link));
        }
        break;
      case 'drop':
        for (const uid of change.spans) {
          putSpans.delete(uid);
          droppedSpans.add(uid);
        }
        for (const uid of change.links) {
          putLinks.delete(uid);
          droppedLinks.add(uid);
        }
        break;
      case 'replace':
        putSpan(change.span);
        break;
      case 'status':
        status = change.to;
        break;
      case 'say':
        break;
    }
  }
  return {
    putSpans: [...putSpans.values()],
    droppedSpans: [...droppedSpans],
    putLinks: [...putLinks.values()],
    droppedLinks: [...droppedLinks],
    status,
  };
}
