import type { Fragment, NoteStatus, SpanOrigin } from '../api/annotation.ts';

/** A span as the event log keeps it: enough to put it back exactly. */
export interface SpanRecord {
  readonly uid: string;
  readonly label: number;
  readonly start: number;
  readonly end: number;
  readonly quote: string;
  readonly revision: number;
  readonly origin: SpanOrigin;
  readonly status: 'accepted' | 'suggested' | 'rejected';
  readonly createdAt: number;
  readonly fragments?: readonly Fragment[];
  readonly attributes?: Readonly<Record<string, string>>;
  readonly score?: number;
  readonly concept?: string;
}

export interface LinkRecord {
  readonly uid: string;
  readonly type: number;
  readonly from: string;
  readonly to: string;
  readonly createdAt: number;
}

/** What can happen to one layer of one note. Each kind has an inverse among them. */
export type Change =
  | { readonly op: 'put'; readonly spans: readonly SpanRecord[]; readonly links: readonly LinkRecord[] }
  /** Links go before their spans. */
  | { readonly op: 'drop'; readonly spans: readonly string[]; readonly links: readonly string[] }
  /** The same uid, another label or other bounds. */
  | { readonly op: 'replace'; readonly span: SpanRecord }
  /** When the layer last had a say on the note, or null: it has none. */
  | { readonly op: 'say'; readonly at: number | null }
  /** Of the note itself; taken back only while `from` still holds. */
  | { readonly op: 'status'; readonly from: NoteStatus; readonly to: NoteStatus };

/** One layer of one note in memory. */
export interface LayerState {
  readonly spans: Map<string, SpanRecord>;
  readonly links: Map<string, LinkRecord>;
}

export function applyToState(state: LayerState, change: Change): void {
  switch (change.op) {
    case 'put':
      for (const span of change.spans) state.spans.set(span.uid, span);
      for (const link of change.links) state.links.set(link.uid, link);
      break;
    case 'drop':
      for (const uid of change.links) state.links.delete(uid);
      for (const uid of change.spans) state.spans.delete(uid);
      break;
    case 'replace':
      state.spans.set(change.span.uid, change.span);
      break;
    case 'say':
    case 'status':
      break;
  }
}

export function parseChanges(json: string): readonly Change[] {
  return JSON.parse(json) as readonly Change[];
}
