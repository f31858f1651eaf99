import { goToSpan, setBounds } from '../acts.ts';
import { putCaret } from '../active-span.ts';
import { linkWith } from '../link-mode.ts';
import { store } from '../store.ts';
import type { PageText } from './page-text.ts';
import { tokenAt, tokensTouched } from './tokens.ts';

/**
 * The mouse on the page. Dragging selects with the browser's own selection, which then becomes a stretch of whole
 * tokens; a click puts the caret, and on nested spans each further click goes one span outwards; dragging a handle
 * moves one end of the active span.
 */
export function listenToPointer(scroller: HTMLElement, page: PageText): () => void {
  const controller = new AbortController();
  const { signal } = controller;
  scroller.addEventListener('pointerdown', (event) => startHandle(event, page), { signal });
  scroller.addEventListener('pointerup', (event) => finish(event, page), { signal });
  return () => controller.abort();
}

function finish(event: PointerEvent, page: PageText): void {
  if (event.button !== 0) return;
  const { note } = store.getState();
  if (!note || (event.target as Element).closest('.note-handle, .action-bar')) return;
  const selection = window.getSelection();
  const chosen = selection && !selection.isCollapsed ? chosenText(selection, page) : null;
  if (chosen) {
    selection?.removeAllRanges();
    const touched = tokensTouched(note.tokens, chosen.start, chosen.end);
    if (touched) putCaret({ anchor: touched.first, focus: touched.last }, true);
    return;
  }
  click(event, page);
}

function chosenText(selection: Selection, page: PageText): { start: number; end: number } | null {
  const range = selection.getRangeAt(0);
  const start = page.offsetOf(range.startContainer, range.startOffset);
  const end = page.offsetOf(range.endContainer, range.endOffset);
  return start === null || end === null || start >= end ? null : { start, end };
}

function click(event: PointerEvent, page: PageText): void {
  const { note, index, linkMode, active } = store.getState();
  const offset = page.offsetAt(event.clientX, event.clientY);
  if (!note || !index || offset === null) return;
  const token = tokenAt(note.tokens, offset);
  if (token < 0) return;
  const onText = page.isOnText(event.clientX, event.clientY, offset);
  const hit = onText ? index.touching(offset, offset + 1) : [];
  if (linkMode) {
    const target = hit.find((span) => linkMode.targets.some((one) => one.uid === span.uid));
    if (target) linkWith(target.uid);
    return;
  }
  const at = hit.findIndex((span) => span.uid === active);
  const span = hit[(at + 1) % Math.max(1, hit.length)];
  if (span) goToSpan(span.uid, true);
  else if (event.shiftKey) putCaret({ anchor: store.getState().caret.anchor, focus: token }, true);
  else putCaret({ anchor: token, focus: token }, onText);
}

function startHandle(event: PointerEvent, page: PageText): void {
  const handle = (event.target as Element).closest<HTMLElement>('.note-handle');
  const { active, spans } = store.getState();
  const span = active === null ? undefined : spans.get(active);
  if (!handle || !span || event.button !== 0) return;
  event.preventDefault();
  const edge = handle.dataset['edge'];
  const stop = new AbortController();
  const bounds = (move: PointerEvent): { first: number; last: number } | null => {
    const { note } = store.getState();
    const offset = page.offsetAt(move.clientX, move.clientY);
    const touched = note ? tokensTouched(note.tokens, span.start, span.end) : null;
    if (!note || offset === null || !touched) return null;
    const token = tokenAt(note.tokens, offset);
    return edge === 'start'
      ? { first: Math.min(token, touched.last), last: touched.last }
      : { first: touched.first, last: Math.max(token, touched.first) };
  };
  handle.setPointerCapture(event.pointerId);
  window.addEventListener(
    'pointermove',
    (move) => {
      const next = bounds(move);
      if (next) store.setState({ caret: { anchor: next.first, focus: next.last } });
    },
    { signal: stop.signal },
  );
  window.addEventListener(
    'pointerup',
    (up) => {
      stop.abort();
      window.getSelection()?.removeAllRanges();
      const next = bounds(up);
      if (next) setBounds(span, next.first, next.last);
    },
    { signal: stop.signal },
  );
  window.addEventListener('pointercancel', () => stop.abort(), { signal: stop.signal });
}
