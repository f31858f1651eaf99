import type { ActReply, NoteDelta, OpenNote, Span } from '../../workers/api/annotation.ts';
import { call, onEngineEvent } from '../engine-client/engine.ts';
import { asMedspanError } from '../engine-client/live-query.ts';
import { showError } from '../ui/toaster.ts';
import { afterSpansChanged } from './active-span.ts';
import { SpanIndex } from './note/span-index.ts';
import { store } from './store.ts';

/**
 * Acts are painted at once and sent at once, in order. While several are under way their replies are kept, so that
 * an older answer never paints over a newer act; when the last one is in, the note is brought level with the engine.
 * After a refusal the note is read anew: what was painted too early disappears, and the refusal is shown.
 */
let underWay = 0;
let replies: ActReply[] = [];
let refused = false;
let knownPosition = 0;
let heardPosition = 0;
let opened = 0;

/** To be called when another note is shown: answers to acts on the one before no longer concern the screen. */
export function startQueue(position: number): void {
  opened += 1;
  underWay = 0;
  replies = [];
  refused = false;
  knownPosition = position;
  heardPosition = position;
}

export function applyDelta(delta: NoteDelta): void {
  const { spans, links, index, status } = store.getState();
  const newSpans = changedMap(spans, delta.putSpans, delta.droppedSpans, sameSpan);
  const newLinks = changedMap(
    links,
    delta.putLinks,
    delta.droppedLinks,
    (a, b) => a.from === b.from && a.to === b.to && a.typeId === b.typeId,
  );
  if (newSpans !== spans && index) {
    for (const uid of delta.droppedSpans) index.remove(uid);
    for (const span of delta.putSpans) index.put(span);
  }
  const newStatus = delta.status ?? status;
  if (newSpans === spans && newLinks === links && newStatus === status) return;
  store.setState(afterSpansChanged({ spans: newSpans, links: newLinks, status: newStatus }));
}

/** A new map with the changes, or the same one where they change nothing. */
function changedMap<Value extends { readonly uid: string }>(
  map: ReadonlyMap<string, Value>,
  put: readonly Value[],
  dropped: readonly string[],
  same: (a: Value, b: Value) => boolean,
): ReadonlyMap<string, Value> {
  const news = put.filter((value) => {
    const known = map.get(value.uid);
    return known === undefined || !same(known, value);
  });
  const gone = dropped.filter((uid) => map.has(uid));
  if (news.length === 0 && gone.length === 0) return map;
  const copy = new Map(map);
  for (const uid of gone) copy.delete(uid);
  for (const value of news) copy.set(value.uid, value);
  return copy;
}

function sameSpan(a: Span, b: Span): boolean {
  return (
    a.labelId === b.labelId &&
    a.start === b.start &&
    a.end === b.end &&
    a.origin === b.origin &&
    a.status === b.status
  );
}

/** Paints an act, sends it, and reconciles when the engine has answered. */
export function act(painted: NoteDelta, send: () => Promise<ActReply>): void {
  const mine = opened;
  applyDelta(painted);
  underWay += 1;
  store.setState({ unsaved: underWay, failure: null });
  send().then(
    (reply) => settle(mine, reply),
    (error: unknown) => fail(mine, error),
  );
}

function settle(mine: number, reply: ActReply): void {
  store.setState({ savedAt: reply.committedAt });
  if (mine !== opened) return;
  replies.push(reply);
  underWay -= 1;
  knownPosition = Math.max(knownPosition, reply.position);
  store.setState({ unsaved: underWay, undo: reply.undo, redo: reply.redo });
  if (underWay === 0) level();
}

function fail(mine: number, error: unknown): void {
  const known = asMedspanError(error);
  showError(known);
  if (mine !== opened) return;
  underWay -= 1;
  refused = true;
  store.setState({ unsaved: underWay, failure: known });
  if (underWay === 0) level();
}

function level(): void {
  const done = replies;
  replies = [];
  if (refused || heardPosition > knownPosition) {
    void reload();
    return;
  }
  for (const reply of done) applyDelta(reply.delta);
  const { layer } = store.getState();
  if (done.length > 0 && layer?.own !== true) {
    store.setState({ layer: { kind: 'annotator', name: '', own: true } });
  }
}

/** Reads the open note anew and shows what the engine has. */
export async function reload(): Promise<void> {
  const mine = opened;
  const { note } = store.getState();
  if (!note) return;
  try {
    const fresh = await call('annotation.openNote', { noteId: note.noteId });
    if (mine !== opened || underWay > 0) return;
    if (fresh.revisionId !== note.revisionId) return;
    refused = false;
    showFresh(fresh);
  } catch (error) {
    if (mine === opened) store.setState({ failure: asMedspanError(error) });
  }
}

function showFresh(fresh: OpenNote): void {
  knownPosition = Math.max(knownPosition, fresh.position);
  const index = new SpanIndex();
  for (const span of fresh.spans) index.put(span);
  store.setState({
    index,
    layer: fresh.layer,
    undo: fresh.undo,
    redo: fresh.redo,
  });
  store.setState(
    afterSpansChanged({
      spans: new Map(fresh.spans.map((span) => [span.uid, span])),
      links: new Map(fresh.links.map((link) => [link.uid, link])),
      status: fresh.status,
    }),
  );
}

/** Raises the position that the screen knows of, after undo and redo. */
export function reached(position: number): void {
  knownPosition = Math.max(knownPosition, position);
}

/** Follows what others do to the open note; returns the way to stop. */
export function followEngine(): () => void {
  return onEngineEvent('note.changed', ({ noteId, position }) => {
    if (store.getState().note?.noteId !== noteId) return;
    heardPosition = Math.max(heardPosition, position ?? 0);
    if (underWay === 0 && heardPosition > knownPosition) void reload();
  });
}
