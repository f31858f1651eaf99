import type { Span } from '../../workers/api/annotation.ts';
import type { Caret } from './note/caret.ts';
import { isCollapsed, stretchOf } from './note/caret.ts';
import type { OpenState } from './store.ts';
import { store } from './store.ts';

/** The span a person means at a caret: one with exactly these bounds, else, on a single token, the innermost. */
export function spanUnder(state: OpenState, caret: Caret): Span | null {
  const stretch = state.note ? stretchOf(state.note.tokens, caret) : null;
  if (!stretch || !state.index) return null;
  const touching = state.index.touching(stretch.start, stretch.end);
  const known = touching.find((span) => span.uid === state.active);
  const exact = touching.filter((span) => span.start === stretch.start && span.end === stretch.end);
  if (exact.length > 0) return exact.find((span) => span === known) ?? exact[0] ?? null;
  if (!isCollapsed(caret)) return null;
  return (
    touching.find((span) => span.start <= stretch.start && span.end >= stretch.end) ?? touching[0] ?? null
  );
}

/** Moves the caret; the span under it becomes the one that keys act on. */
export function putCaret(caret: Caret, byMouse = false): void {
  const state = store.getState();
  store.setState({ caret, byMouse, active: spanUnder(state, caret)?.uid ?? null, notice: null });
}

/** What else changes when spans do: the active span must be one that is there. */
export function afterSpansChanged(change: Pick<OpenState, 'spans' | 'links' | 'status'>): Partial<OpenState> {
  const state = { ...store.getState(), ...change };
  const kept = state.active !== null && change.spans.has(state.active);
  const source = state.linkMode?.source;
  return {
    ...change,
    active: kept ? state.active : (spanUnder(state, state.caret)?.uid ?? null),
    linkMode: source !== undefined && change.spans.has(source) ? state.linkMode : null,
  };
}
