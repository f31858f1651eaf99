import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { NoteStatus, OpenNote } from '../api/annotation.ts';
import { MedspanError } from '../api/errors.ts';
import type { TestWorkspace } from '../engine/test-workspace.ts';
import { openTestWorkspace } from '../engine/test-workspace.ts';
import { readLayerAt } from './gold.ts';
import { readLayer } from './layer-rows.ts';
import type { ModelLayer, ModelSpan } from './test-plain-model.ts';
import { PlainModel } from './test-plain-model.ts';
import { annotationOn, storeNotes } from './test-notes.ts';

const text = 'One two 😀 four five six seven eight nine ten\neleven twelve.';
const words = [...text.matchAll(/\p{L}+|😀/gu)].map((match) => [match.index, match.index + match[0].length]);
const statuses: readonly NoteStatus[] = ['new', 'started', 'done', 'flagged'];
const call = { signal: new AbortController().signal };

const operation = fc.record({
  kind: fc.oneof(
    { weight: 6, arbitrary: fc.constant('add' as const) },
    { weight: 3, arbitrary: fc.constantFrom('remove' as const, 'change' as const, 'link' as const) },
    { weight: 6, arbitrary: fc.constantFrom('undo' as const, 'redo' as const) },
    { weight: 2, arbitrary: fc.constantFrom('unlink' as const, 'status' as const, 'profile' as const) },
    { weight: 1, arbitrary: fc.constant('reopen' as const) },
  ),
  note: fc.nat(2),
  a: fc.nat(1000),
  b: fc.nat(1000),
});

/** A span or link of the note, chosen by a number. */
function pick<Value>(from: ReadonlyMap<string, Value>, number: number): readonly [string, Value] | undefined {
  return [...from][number % Math.max(1, from.size)];
}

function sorted(layer: ModelLayer | null) {
  return {
    spans: [...(layer?.spans ?? [])].toSorted(([a], [b]) => (a < b ? -1 : 1)),
    links: [...(layer?.links ?? [])].toSorted(([a], [b]) => (a < b ? -1 : 1)),
  };
}

function asModel(note: OpenNote): ModelLayer {
  return {
    touchedAt: 0,
    spans: new Map(note.spans.map((s) => [s.uid, { label: s.labelId, start: s.start, end: s.end }])),
    links: new Map(note.links.map((link) => [link.uid, { from: link.from, to: link.to }])),
  };
}

test('acts, undo, redo and reopening agree with the plain model, and the past stays readable', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(operation, { minLength: 5, maxLength: 60 }), async (operations) => {
      const folder = mkdtempSync(join(tmpdir(), 'medspan-property-'));
      const path = join(folder, 'property.medspan');
      let clock = 1000;
      let workspace: TestWorkspace | undefined;
      try {
        const now = (): number => clock;
        const first = await openTestWorkspace({ threads: 'none', now });
        await first.call('workspace.create', { path });
        await first.close();
        workspace = await openTestWorkspace({ threads: 'none', now, path });
        let { service, sink } = annotationOn(workspace.context);
        await workspace.call('workspace.useProfile', { name: 'The importer' });
        const [w0, w1] = words as [number[], number[]];
        const spans = [w0, w1].map(([start = 0, end = 0], index) => ({
          label: index === 0 ? 'Treatment' : 'Disease',
          start,
          end,
        }));
        const stored = storeNotes(workspace.context, sink, [
          { externalId: 'annotated', text, spans, links: [{ from: 0, to: 1 }] },
          { externalId: 'bare', text },
          { externalId: 'empty', text, spans: [] },
        ]).notes;
        await workspace.call('workspace.useProfile', { name: 'Ada' });
        const open = async (index: number): Promise<OpenNote> =>
          service.handlers['annotation.openNote']({ noteId: stored[index]?.noteId ?? 0 }, call);
        const model = new PlainModel([asModel(await open(0)), null, asModel(await open(2))]);
        const past: { position: number; layers: Map<string, string> }[] = [];
        let made = 0;

        for (const { kind, note, a, b } of operations) {
          clock += 1;
          const { noteId, revisionId } = stored[note] as { noteId: number; revisionId: number };
          const base = { noteId, revisionId };
          const { handlers } = service;
          const shown = model.shown(note);
          const span = pick<ModelSpan>(shown?.spans ?? new Map(), a);
          const bounds = (from: number, length: number) => {
            const start = words[from % words.length]?.[0] ?? 0;
            const end = words[Math.min(words.length - 1, (from % words.length) + (length % 3))]?.[1] ?? 0;
            return { start, end, quote: text.slice(start, end) };
          };
          const taken = (uid: string | null, wanted: ModelSpan): boolean =>
            [...(shown?.spans ?? [])].some(
              ([other, s]) =>
                other !== uid && s.label === wanted.label && s.start === wanted.start && s.end === wanted.end,
            );
          if (kind === 'add') {
            made += 1;
            const uid = `made-uid-${made}`;
            const { quote, ...at } = bounds(a, b);
            const wanted = { label: 1 + (b % 2), ...at };
            const input = { ...base, uid, labelId: wanted.label, quote, ...at };
            if (taken(null, wanted)) {
              expect(() => handlers['annotation.addSpan'](input, call)).toThrow(MedspanError);
            } else {
              await handlers['annotation.addSpan'](input, call);
              model.edit(note, clock, (layer) => layer.spans.set(uid, wanted));
            }
          } else if (kind === 'remove' && span) {
            await handlers['annotation.removeSpan']({ ...base, uid: span[0] }, call);
            model.edit(note, clock, (layer) => {
              layer.spans.delete(span[0]);
              for (const [uid, link] of layer.links) {
                if (link.from === span[0] || link.to === span[0]) layer.links.delete(uid);
              }
            });
          } else if (kind === 'change' && span) {
            const label = 1 + (b % 2);
            const { quote, ...at } = bounds(b, a);
            const wanted = { label, ...at };
            const input = { ...base, uid: span[0], labelId: label, bounds: { ...at, quote } };
            const same = JSON.stringify({ ...span[1] }) === JSON.stringify(wanted);
            if (taken(span[0], wanted) && !same) {
              expect(() => handlers['annotation.changeSpan'](input, call)).toThrow(MedspanError);
            } else {
              await handlers['annotation.changeSpan'](input, call);
              if (!same) {
                model.edit(note, clock, (layer) => {
                  layer.spans.set(span[0], wanted);
                  for (const [uid, link] of layer.links) {
                    const from = layer.spans.get(link.from);
                    const to = layer.spans.get(link.to);
                    if (from?.label !== 2 || to?.label !== 1) layer.links.delete(uid);
                  }
                });
              }
            }
          } else if (kind === 'link' && span) {
            const other = pick<ModelSpan>(shown?.spans ?? new Map(), b) as readonly [string, ModelSpan];
            made += 1;
            const uid = `made-uid-${made}`;
            const input = { ...base, uid, typeId: 1, from: span[0], to: other[0] };
            const legal = span[1].label === 2 && other[1].label === 1;
            const there = [...(shown?.links.values() ?? [])].some(
              (link) => link.from === span[0] && link.to === other[0],
            );
            if (!legal || there) {
              expect(() => handlers['annotation.addLink'](input, call)).toThrow(MedspanError);
            } else {
              await handlers['annotation.addLink'](input, call);
              model.edit(note, clock, (layer) => layer.links.set(uid, { from: span[0], to: other[0] }));
            }
          } else if (kind === 'unlink') {
            const link = pick(shown?.links ?? new Map<string, never>(), a);
            if (link) {
              await handlers['annotation.removeLink']({ ...base, uid: link[0] }, call);
              model.edit(note, clock, (layer) => layer.links.delete(link[0]));
            }
          } else if (kind === 'status') {
            const status = statuses[a % statuses.length] as NoteStatus;
            await handlers['annotation.setStatus']({ ...base, status }, call);
            model.setStatus(note, clock, status);
          } else if (kind === 'undo') {
            if (model.undo()) await handlers['annotation.undo']({}, call);
            else expect(() => handlers['annotation.undo']({}, call)).toThrow(/nothing left to undo/);
          } else if (kind === 'redo') {
            if (model.redo()) await handlers['annotation.redo']({}, call);
            else expect(() => handlers['annotation.redo']({}, call)).toThrow(/nothing to redo/);
          } else if (kind === 'profile') {
            model.profileName = a % 2 ? 'Ada' : 'Ben';
            await workspace.call('workspace.useProfile', { name: model.profileName });
          } else if (kind === 'reopen') {
            await workspace.close();
            workspace = await openTestWorkspace({ threads: 'none', now, path });
            ({ service, sink } = annotationOn(workspace.context));
          }

          const { db } = workspace.context;
          for (const index of stored.keys()) {
            const seen = await open(index);
            expect(sorted(asModel(seen))).toEqual(sorted(model.shown(index)));
            expect(seen.status).toBe(model.statuses[index]);
          }
          past.push({ position: service.position(), layers: everyLayer(db) });
        }

        const { db } = workspace.context;
        for (const { position, layers } of past) {
          for (const [key, then] of layers) {
            const [noteId = 0, layerId = 0] = key.split(' ').map(Number);
            expect(flat(readLayerAt(db, noteId, layerId, position))).toBe(then);
          }
        }
      } finally {
        await workspace?.close();
        rmSync(folder, { recursive: true, force: true });
      }
    }),
    { numRuns: Number(process.env['MEDSPAN_PROPERTY_RUNS'] ?? 20) },
  );
}, 60_000);

function flat(state: ReturnType<typeof readLayer>): string {
  const byUid = (a: { uid: string }, b: { uid: string }): number => (a.uid < b.uid ? -1 : 1);
  const stable = (value: object): [string, unknown][] =>
    Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return JSON.stringify([
    [...state.spans.values()].toSorted(byUid).map(stable),
    [...state.links.values()].toSorted(byUid).map(stable),
  ]);
}

/** Every layer of every note as it is stored now. */
function everyLayer(db: TestWorkspace['context']['db']): Map<string, string> {
  const pairs = db
    .prepare<[], { noteId: number; layerId: number }>(
      'SELECT n.id AS noteId, l.id AS layerId FROM note n JOIN layer l ON l.corpus_id = n.corpus_id',
    )
    .all();
  return new Map(
    pairs.map(({ noteId, layerId }) => [`${noteId} ${layerId}`, flat(readLayer(db, noteId, layerId))]),
  );
}
