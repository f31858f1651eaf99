import { useSyncExternalStore } from 'react';
import { createStore } from 'zustand/vanilla';
import type { Link, OpenNote, Schema, Span, Step } from '../../workers/api/annotation.ts';
import type { MedspanError } from '../../workers/api/errors.ts';
import type { Caret } from './note/caret.ts';
import type { SpanIndex } from './note/span-index.ts';
import type { TextLine } from './note/text-lines.ts';
import type { TokenRow } from './note/tokens.ts';

/** What does not change while a note is open. */
export interface NoteText {
  readonly noteId: number;
  readonly externalId: string;
  readonly corpusId: number;
  readonly patientId: string | null;
  readonly noteType: string | null;
  readonly writtenAt: number | null;
  readonly revisionId: number;
  readonly text: string;
  readonly lines: readonly TextLine[];
  readonly tokens: TokenRow;
}

/** Choosing the other end of a link. Only spans that the schema allows stand in it. */
export interface LinkMode {
  readonly source: string;
  readonly targets: readonly LinkTarget[];
  readonly chosen: number;
}

export interface LinkTarget {
  readonly uid: string;
  readonly typeId: number;
  readonly typeName: string;
  readonly from: string;
  readonly to: string;
}

export interface OpenState {
  readonly note: NoteText | null;
  /** Spans by uid, and where they lie. The index changes with the map. */
  readonly spans: ReadonlyMap<string, Span>;
  readonly index: SpanIndex | null;
  readonly links: ReadonlyMap<string, Link>;
  readonly status: OpenNote['status'];
  readonly layer: OpenNote['layer'];
  readonly caret: Caret;
  /** The span that keys act on. */
  readonly active: string | null;
  readonly linkMode: LinkMode | null;
  /** The last step came from the mouse: acts are offered beside the selection. */
  readonly byMouse: boolean;
  /** Acts sent and not answered yet. */
  readonly unsaved: number;
  /** When the newest act of this session was committed. */
  readonly savedAt: number | null;
  readonly undo: Step | null;
  readonly redo: Step | null;
  readonly failure: MedspanError | null;
  /** A short sentence about the last act, also read out. */
  readonly notice: string | null;
  readonly schema: Schema;
}

export const nothingOpen: Omit<OpenState, 'schema' | 'savedAt'> = {
  note: null,
  spans: new Map(),
  index: null,
  links: new Map(),
  status: 'new',
  layer: null,
  caret: { anchor: 0, focus: 0 },
  active: null,
  linkMode: null,
  byMouse: false,
  unsaved: 0,
  undo: null,
  redo: null,
  failure: null,
  notice: null,
};

/** The open note of this window. Everything a person would miss is in the engine; this is what is on screen. */
export const store = createStore<OpenState>(() => ({
  ...nothingOpen,
  savedAt: null,
  schema: { labels: [], linkTypes: [] },
}));

/** What React shows: it follows the store one frame later, so that the page is painted before the panels. */
let shown = store.getState();
let waiting = false;
const watchers = new Set<() => void>();

function follow(): void {
  if (shown === store.getState()) return;
  shown = store.getState();
  for (const watcher of watchers) watcher();
}

store.subscribe((state) => {
  // Another note is shown at once: there is no page yet to be painted first.
  if (state.note !== shown.note) follow();
  else if (!waiting) {
    waiting = true;
    const late = (): void => {
      if (!waiting) return;
      waiting = false;
      follow();
    };
    requestAnimationFrame(() => setTimeout(late, 0));
    // Windows out of sight get no frames.
    setTimeout(late, 200);
  }
});

const watch = (watcher: () => void): (() => void) => {
  watchers.add(watcher);
  return () => watchers.delete(watcher);
};

export function useOpen<Value>(select: (state: OpenState) => Value): Value {
  return useSyncExternalStore(watch, () => select(shown));
}
