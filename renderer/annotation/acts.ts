import type { Link, NoteDelta, NoteStatus, Span, StepReply } from '../../workers/api/annotation.ts';
import { call } from '../engine-client/engine.ts';
import { navigate, routeOf } from '../ui/navigation.ts';
import { showDone, showError } from '../ui/toaster.ts';
import { act, applyDelta, reached, reload } from './act-queue.ts';
import { putCaret } from './active-span.ts';
import { isCollapsed, stretchOf } from './note/caret.ts';
import { tokensTouched } from './note/tokens.ts';
import { legalTypesBetween } from './schema-rules.ts';
import type { NoteText, OpenState } from './store.ts';
import { store } from './store.ts';

const nothing: NoteDelta = { putSpans: [], droppedSpans: [], putLinks: [], droppedLinks: [], status: null };

/** A first edit starts a new note; painted with the edit, as the engine does it. */
function startedBy(state: OpenState): NoteStatus | null {
  return state.status === 'new' ? 'started' : null;
}

function base(note: NoteText): { noteId: number; revisionId: number; act: string } {
  return { noteId: note.noteId, revisionId: note.revisionId, act: crypto.randomUUID() };
}

export function labelName(labelId: number): string {
  return store.getState().schema.labels.find((label) => label.id === labelId)?.name ?? 'unknown label';
}

function activeSpan(state: OpenState): Span | null {
  return state.active === null ? null : (state.spans.get(state.active) ?? null);
}

/** Says in one sentence what just happened; it is read out too. */
function say(notice: string): void {
  store.setState({ notice });
}

/**
 * What a label's key does. On a span: changes its label. On a selection, or a token without a span: tags it.
 * `always` tags even inside a span, for nested ones.
 */
export function tag(labelId: number, always = false): void {
  const state = store.getState();
  const { note, caret } = state;
  if (!note) return;
  const span = activeSpan(state);
  if (span && !always) {
    relabel(state, note, span, labelId);
    return;
  }
  const stretch = stretchOf(note.tokens, caret);
  if (!stretch) return;
  const quote = note.text.slice(stretch.start, stretch.end);
  const same = state.index
    ?.touching(stretch.start, stretch.end)
    .find((one) => one.start === stretch.start && one.end === stretch.end && one.labelId === labelId);
  if (same) {
    store.setState({ active: same.uid });
    say(`Tagged ${labelName(labelId)} already.`);
    return;
  }
  const made: Span = {
    uid: crypto.randomUUID(),
    labelId,
    ...stretch,
    origin: 'person',
    status: 'accepted',
    score: null,
  };
  store.setState({ active: made.uid });
  act({ ...nothing, putSpans: [made], status: startedBy(state) }, () =>
    call('annotation.addSpan', { ...base(note), uid: made.uid, labelId, ...stretch, quote }),
  );
  say(`Tagged ${labelName(labelId)}.`);
}

function relabel(state: OpenState, note: NoteText, span: Span, labelId: number): void {
  if (span.labelId === labelId) {
    say(`Tagged ${labelName(labelId)} already.`);
    return;
  }
  const changed: Span = { ...span, labelId, origin: 'person', status: 'accepted', score: null };
  const label = (uid: string): number => (uid === span.uid ? labelId : (state.spans.get(uid)?.labelId ?? 0));
  const forbidden = linksOf(state, span.uid).filter(
    (link) =>
      !legalTypesBetween(state.schema, label(link.from), label(link.to)).some(
        (type) => type.id === link.typeId,
      ),
  );
  act(
    {
      ...nothing,
      putSpans: [changed],
      droppedLinks: forbidden.map((link) => link.uid),
      status: startedBy(state),
    },
    () => call('annotation.changeSpan', { ...base(note), uid: span.uid, labelId }),
  );
  const lost = forbidden.length;
  const aside = lost === 0 ? '' : ` ${lost === 1 ? 'One link that' : `${lost} links that`} it forbids went.`;
  say(`Changed to ${labelName(labelId)}.${aside}`);
}

function linksOf(state: OpenState, uid: string): readonly Link[] {
  return [...state.links.values()].filter((link) => link.from === uid || link.to === uid);
}

export function removeActive(): void {
  const state = store.getState();
  const span = activeSpan(state);
  const { note } = state;
  if (!span || !note) return;
  const links = linksOf(state, span.uid);
  act(
    {
      ...nothing,
      droppedSpans: [span.uid],
      droppedLinks: links.map((link) => link.uid),
      status: startedBy(state),
    },
    () => call('annotation.removeSpan', { ...base(note), uid: span.uid }),
  );
  say(`Removed ${labelName(span.labelId)}${links.length > 0 ? ` and ${links.length} of its links` : ''}.`);
}

/** Moves one end of a span by whole tokens. */
export function moveEdge(edge: 'start' | 'end', step: 1 | -1): void {
  const { note, active, spans } = store.getState();
  const span = active === null ? undefined : spans.get(active);
  const touched = note && span ? tokensTouched(note.tokens, span.start, span.end) : null;
  if (!note || !span || !touched) return;
  const first = touched.first + (edge === 'start' ? step : 0);
  const last = touched.last + (edge === 'end' ? step : 0);
  setBounds(span, first, last);
}

/** Gives a span the bounds of a run of tokens. */
export function setBounds(span: Span, first: number, last: number): void {
  const state = store.getState();
  const { note } = state;
  const start = note?.tokens.starts[first];
  const end = note?.tokens.ends[last];
  if (!note || start === undefined || end === undefined || first > last) return;
  if (start === span.start && end === span.end) return;
  const { fragments: _fragments, ...kept } = span;
  const changed: Span = { ...kept, start, end, origin: 'person', status: 'accepted', score: null };
  store.setState({ caret: { anchor: first, focus: last } });
  act({ ...nothing, putSpans: [changed], status: startedBy(state) }, () =>
    call('annotation.changeSpan', {
      ...base(note),
      uid: span.uid,
      bounds: { start, end, quote: note.text.slice(start, end) },
    }),
  );
  say('Changed bounds.');
}

export function link(from: string, to: string, typeId: number): void {
  const state = store.getState();
  const { note } = state;
  if (!note) return;
  const made: Link = { uid: crypto.randomUUID(), typeId, from, to };
  act({ ...nothing, putLinks: [made], status: startedBy(state) }, () =>
    call('annotation.addLink', { ...base(note), uid: made.uid, typeId, from, to }),
  );
  say('Linked.');
}

export function unlink(uid: string): void {
  const state = store.getState();
  const { note } = state;
  if (!note || !state.links.has(uid)) return;
  act({ ...nothing, droppedLinks: [uid], status: startedBy(state) }, () =>
    call('annotation.removeLink', { ...base(note), uid }),
  );
  say('Removed link.');
}

export function setStatus(status: NoteStatus): void {
  const { note, status: before } = store.getState();
  if (!note || status === before) return;
  act({ ...nothing, status }, () => call('annotation.setStatus', { ...base(note), status }));
  say(`Note is ${statusWords[status]}.`);
}

export const statusWords: Readonly<Record<NoteStatus, string>> = {
  new: 'new',
  started: 'started',
  done: 'done',
  flagged: 'flagged',
};

export function undo(): void {
  void step('annotation.undo', 'Took back');
}

export function redo(): void {
  void step('annotation.redo', 'Did again');
}

async function step(method: 'annotation.undo' | 'annotation.redo', words: string): Promise<void> {
  try {
    const reply = await call(method, { act: crypto.randomUUID() });
    await follow(reply, words);
  } catch (error) {
    showError(error);
  }
}

/** Shows what undo or redo did: in this note at once, elsewhere by name with the way there. */
async function follow(reply: StepReply, words: string): Promise<void> {
  const { note } = store.getState();
  store.setState({ savedAt: reply.committedAt, undo: reply.undo, redo: reply.redo });
  const here = reply.notes.some((one) => one.noteId === note?.noteId);
  if (here && reply.change && reply.change.noteId === note?.noteId) {
    reached(reply.change.position);
    applyDelta(reply.change.delta);
    goToChanged(reply.change.delta);
  } else if (here) {
    await reload();
  }
  const [first] = reply.notes;
  const where =
    reply.noteCount > 1 ? ` in ${reply.noteCount} notes` : here ? '' : ` in note ${first?.externalId ?? ''}`;
  say(`${words}: ${reply.title}${where}.`);
  if (!here && first) {
    showDone(`${words}: ${reply.title}${where}.`);
    if (reply.noteCount === 1) navigate(routeOf('annotation', 'note', first.noteId));
  }
}

function goToChanged(delta: NoteDelta): void {
  const { note, spans } = store.getState();
  const linked = delta.putLinks[0]?.from;
  const span = delta.putSpans[0] ?? (linked === undefined ? undefined : spans.get(linked));
  const touched = note && span ? tokensTouched(note.tokens, span.start, span.end) : null;
  if (!touched || !span) return;
  putCaret({ anchor: touched.first, focus: touched.last });
  store.setState({ active: span.uid });
}

/** Makes a span the one that keys act on and puts the caret on it. */
export function goToSpan(uid: string, byMouse = false): void {
  const { note, spans } = store.getState();
  const span = spans.get(uid);
  const touched = note && span ? tokensTouched(note.tokens, span.start, span.end) : null;
  if (!span || !touched) return;
  store.setState({
    caret: { anchor: touched.first, focus: touched.last },
    active: uid,
    byMouse,
    notice: null,
  });
}

/** Spans in reading order. */
export function spansInOrder(spans: ReadonlyMap<string, Span>): readonly Span[] {
  return [...spans.values()].toSorted((a, b) => a.start - b.start || a.end - b.end);
}

/** To the next or previous span from the active one, else from the caret. */
export function jump(way: 1 | -1): void {
  const { note, spans, active, caret } = store.getState();
  const stretch = note ? stretchOf(note.tokens, caret) : null;
  if (!stretch || spans.size === 0) return;
  const order = spansInOrder(spans);
  const at = order.findIndex((span) => span.uid === active);
  const after = order.findIndex((span) => span.start >= stretch.end);
  const before = order.findLastIndex((span) => span.end <= stretch.start);
  const next = at >= 0 ? at + way : way > 0 ? after : before;
  const span = order[next];
  if (span && !(at < 0 && next < 0)) goToSpan(span.uid);
  else say(way > 0 ? 'No span after this one.' : 'No span before this one.');
}

/** A wide selection shrinks to its focus, and the caret lets go of the span's bounds. */
export function collapse(): void {
  const { caret } = store.getState();
  if (!isCollapsed(caret)) putCaret({ anchor: caret.focus, focus: caret.focus });
}
