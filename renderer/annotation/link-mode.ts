import type { Span } from '../../workers/api/annotation.ts';
import { link } from './acts.ts';
import { legalTypesBetween } from './schema-rules.ts';
import type { LinkTarget, OpenState } from './store.ts';
import { store } from './store.ts';

/** Spans that a link may join with `source`, in either direction, that are not joined yet; the nearest first. */
export function legalTargets(
  state: Pick<OpenState, 'schema' | 'spans' | 'links'>,
  source: Span,
): readonly LinkTarget[] {
  const there = new Set([...state.links.values()].map((one) => `${one.typeId} ${one.from} ${one.to}`));
  const targets: (LinkTarget & { readonly distance: number })[] = [];
  for (const other of state.spans.values()) {
    if (other.uid === source.uid) continue;
    const distance = Math.max(other.start - source.end, source.start - other.end, 0);
    for (const [from, to] of [
      [source, other],
      [other, source],
    ] as const) {
      for (const type of legalTypesBetween(state.schema, from.labelId, to.labelId)) {
        if (there.has(`${type.id} ${from.uid} ${to.uid}`)) continue;
        targets.push({
          uid: other.uid,
          typeId: type.id,
          typeName: type.name,
          from: from.uid,
          to: to.uid,
          distance,
        });
      }
    }
  }
  return targets.toSorted((a, b) => a.distance - b.distance).map(({ distance: _distance, ...rest }) => rest);
}

/** Starts choosing the other end of a link from the active span; says why where there is nothing to choose. */
export function startLinking(): void {
  const state = store.getState();
  const source = state.active === null ? undefined : state.spans.get(state.active);
  if (!source) {
    store.setState({ notice: 'Put the caret on a span first, then link it.' });
    return;
  }
  const targets = legalTargets(state, source);
  if (targets.length > 0) {
    store.setState({ linkMode: { source: source.uid, targets, chosen: 0 }, notice: null });
    return;
  }
  store.setState({ notice: whyNoTarget(state, source) });
}

function whyNoTarget(state: OpenState, source: Span): string {
  const { labels, linkTypes } = state.schema;
  const name = (labelId: number): string => labels.find((label) => label.id === labelId)?.name ?? '?';
  const partners = linkTypes.flatMap((type) => [
    ...(type.fromLabelId === source.labelId ? [name(type.toLabelId)] : []),
    ...(type.toLabelId === source.labelId ? [name(type.fromLabelId)] : []),
  ]);
  if (partners.length === 0) return `The schema links ${name(source.labelId)} with nothing.`;
  return `${name(source.labelId)} links with ${[...new Set(partners)].join(', ')}; this note has no such span left to link.`;
}

export function stopLinking(): void {
  if (store.getState().linkMode) store.setState({ linkMode: null });
}

export function chooseTarget(step: 1 | -1): void {
  const { linkMode } = store.getState();
  if (!linkMode) return;
  const count = linkMode.targets.length;
  store.setState({ linkMode: { ...linkMode, chosen: (linkMode.chosen + step + count) % count } });
}

/** Links with the chosen target, or with the one of a number (from 0) or a uid. */
export function linkWith(which?: number | string): void {
  const { linkMode } = store.getState();
  if (!linkMode) return;
  const target =
    typeof which === 'string'
      ? linkMode.targets.find((one) => one.uid === which)
      : linkMode.targets[which ?? linkMode.chosen];
  if (!target) return;
  store.setState({ linkMode: null });
  link(target.from, target.to, target.typeId);
}
