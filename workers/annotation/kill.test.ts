import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { spawnEngine } from '../engine/fork-engine.ts';
import { checkFile } from '../storage/integrity.ts';
import { makeTestFolder } from '../storage/test-folder.ts';

const text = 'word '.repeat(4000);

/** Acts as a scripted annotator does, many at a time, until the engine is gone; returns what was acknowledged. */
async function annotateUntilKilled(
  path: string,
  round: number,
  afterMilliseconds: number,
): Promise<{ readonly added: ReadonlySet<string>; readonly unsure: ReadonlySet<string> }> {
  const engine = spawnEngine();
  await engine.call('workspace.open', { path });
  const { noteId, revisionId, spans } = await engine.call('annotation.openNote', { noteId: 1 });
  const added = new Set(spans.map((span) => span.uid));
  const taken = new Set(spans.map((span) => span.start));
  const free = Array.from({ length: 4000 }, (_, word) => word * 5).filter((start) => !taken.has(start));
  const unsure = new Set<string>();
  const timer = setTimeout(() => engine.process.kill('SIGKILL'), afterMilliseconds);
  const annotators = Array.from({ length: 3 }, async (_, annotator) => {
    for (let at = annotator; ; at += 3) {
      const start = free[at] ?? 0;
      const uid = `kill-${String(round)}-${String(at).padStart(5, '0')}`;
      const base = { noteId, revisionId, uid };
      unsure.add(uid);
      await engine.call('annotation.addSpan', {
        ...base,
        labelId: 1,
        start,
        end: start + 4,
        quote: 'word',
      });
      unsure.delete(uid);
      added.add(uid);
      if (at % 5 === 0) {
        unsure.add(uid);
        added.delete(uid);
        await engine.call('annotation.removeSpan', base);
        unsure.delete(uid);
      }
    }
  });
  const ends = await Promise.allSettled(annotators);
  clearTimeout(timer);
  for (const end of ends) expect(end).toMatchObject({ status: 'rejected', reason: { code: 'ENGINE_DOWN' } });
  await engine.shutDown();
  expect(engine.process.signalCode).toBe('SIGKILL');
  return { added, unsure };
}

test('an engine killed in the middle of acts loses none that it had acknowledged, and invents none', async () => {
  const folder = makeTestFolder();
  const path = folder.file('killed.medspan');
  const script = new URL('./test-planned-workspace.ts', import.meta.url).pathname;
  execFileSync(process.execPath, [script, path], { input: JSON.stringify([{ externalId: 'long', text }]) });
  let acknowledged = 0;
  for (const [round, after] of [50, 120, 210].entries()) {
    const { added, unsure } = await annotateUntilKilled(path, round, after);
    const engine = spawnEngine();
    await engine.call('workspace.open', { path });
    const { spans } = await engine.call('annotation.openNote', { noteId: 1 });
    const there = new Set(spans.map((span) => span.uid));
    expect([...added].filter((uid) => !there.has(uid))).toEqual([]);
    expect([...there].filter((uid) => !added.has(uid) && !unsure.has(uid))).toEqual([]);
    // The log leads back as if nothing had happened.
    const before = there.size;
    await engine.call('annotation.undo', {});
    const left = await engine.call('annotation.openNote', { noteId: 1 });
    expect(Math.abs(left.spans.length - before)).toBe(1);
    await engine.call('annotation.redo', {});
    await engine.shutDown();
    checkFile(path, null);
    acknowledged += added.size;
  }
  expect(acknowledged).toBeGreaterThan(20);
  folder.remove();
}, 60_000);
