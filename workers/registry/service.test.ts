import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import yauzl from 'yauzl';
import { runSpec } from '../api/training.ts';
import type { TestWorkspace } from '../engine/test-workspace.ts';
import { openTestWorkspace } from '../engine/test-workspace.ts';
import { makeSplit } from '../training/test-corpus.ts';
import { builtPrograms } from './test-programs.ts';

let workspace: TestWorkspace;
let runs: readonly number[];
let folder: string;
let now = 1_800_000_000_000;

const green = async (modelVersionId: number, stage: 'Staging' | 'Production'): Promise<void> => {
  const { green: count, red } = await workspace.services.registry.runGates(modelVersionId, stage).done;
  expect([count, red]).toEqual([stage === 'Staging' ? 5 : 4, 0]);
};
const inProduction = async (): Promise<string[]> =>
  (await workspace.call('registry.versions', {}))
    .filter(({ stage }) => stage === 'Production')
    .map(({ name }) => name);

beforeAll(async () => {
  process.env['MEDSPAN_BUNDLE_TEMPLATE'] = await builtPrograms();
  folder = mkdtempSync(path.join(tmpdir(), 'medspan-registry-'));
  workspace = await openTestWorkspace({ now: () => (now += 1000) });
  const split = await makeSplit(workspace);
  const train = async (maxIterations: number): Promise<number> => {
    const parameters = maxIterations === 1 ? { maxIterations, patience: 0 } : { maxIterations };
    const started = workspace.services.training.startRun(
      runSpec.parse({ splitId: split.id, templateSetId: 1, parameters }),
    );
    await started.done;
    return started.runId;
  };
  runs = [await train(25), await train(30), await train(1)];
}, 60_000);

afterAll(async () => {
  await workspace.close();
  delete process.env['MEDSPAN_BUNDLE_TEMPLATE'];
  rmSync(folder, { recursive: true, force: true });
});

describe('the registry, from the first version to a rollback', () => {
  test('registers a finished run once under a name', async () => {
    const runId = runs[0] ?? 0;
    const first = await workspace.call('registry.register', { runId });
    expect(await workspace.call('registry.register', { runId })).toEqual(first);
    expect(await workspace.call('registry.versions', {})).toMatchObject([
      { name: 'clinical-ner/1', stage: 'None' },
    ]);
    await expect(workspace.call('registry.register', { runId: 999 })).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
    await expect(workspace.call('registry.register', { runId, model: '../x' })).rejects.toMatchObject({
      code: 'BAD_INPUT',
    });
  });

  test('blocks each stage until its gates are green, naming what is missing', async () => {
    await expect(
      workspace.call('registry.promote', { modelVersionId: 1, stage: 'Staging', reason: 'too early' }),
    ).rejects.toMatchObject({ code: 'NOT_ALLOWED', message: expect.stringContaining('“Determinism”') });
    await green(1, 'Staging');
    await workspace.call('registry.promote', { modelVersionId: 1, stage: 'Staging', reason: 'good' });
    await expect(
      workspace.call('registry.promote', { modelVersionId: 1, stage: 'Production', reason: 'too early' }),
    ).rejects.toMatchObject({ code: 'NOT_ALLOWED', message: expect.stringContaining('“Scoring contract”') });
    await green(1, 'Production');
    const { gateResults } = await workspace.call('registry.version', { modelVersionId: 1 });
    const golden = gateResults.find(({ gate }) => gate.kind === 'golden-notes');
    expect(golden?.summary).toBe('56 notes: the same spans and probabilities as in the app.');
    expect(golden?.evidence?.remarks.join()).toContain('separate process on Node');
    await workspace.call('registry.promote', { modelVersionId: 1, stage: 'Production', reason: 'ship it' });
    expect(await inProduction()).toEqual(['clinical-ner/1']);
    expect(readdirSync(workspace.context.workspace.scratch)).toEqual([]);
  });

  test('holds a second version against Production, and never has two in it', async () => {
    await workspace.call('registry.register', { runId: runs[1] ?? 0 });
    await green(2, 'Staging');
    const { gateResults } = await workspace.call('registry.version', { modelVersionId: 2 });
    expect(gateResults.find(({ gate }) => gate.kind === 'no-worse')?.summary).toContain(
      'against clinical-ner/1',
    );
    await workspace.call('registry.promote', { modelVersionId: 2, stage: 'Staging', reason: 'next' });
    await green(2, 'Production');
    await workspace.call('registry.promote', { modelVersionId: 2, stage: 'Production', reason: 'better' });
    expect(await inProduction()).toEqual(['clinical-ner/2']);
  });

  test('a failing rollback leaves the old stages, a good one moves both in one step', async () => {
    const { db } = workspace.context;
    const before = await workspace.call('registry.verifyLedger', {});
    db.exec(`CREATE TEMP TRIGGER crash BEFORE INSERT ON stage_event WHEN NEW.action = 'rolled-back'
      BEGIN SELECT RAISE (ABORT, 'crash'); END`);
    await expect(workspace.call('registry.rollback', { reason: 'x' })).rejects.toMatchObject({
      code: 'INTERNAL',
    });
    db.exec('DROP TRIGGER crash');
    expect(await workspace.call('registry.verifyLedger', {})).toEqual(before);
    expect(await inProduction()).toEqual(['clinical-ner/2']);

    const at = now;
    await workspace.call('registry.rollback', { reason: 'complaints' });
    expect(await inProduction()).toEqual(['clinical-ner/1']);
    expect(await workspace.call('registry.productionAt', { at })).toMatchObject([
      { versionName: 'clinical-ner/2' },
    ]);
    expect(await workspace.call('registry.productionAt', { at: now })).toMatchObject([
      { versionName: 'clinical-ner/1', action: 'rolled-back', reason: 'complaints' },
    ]);
    expect(await workspace.call('registry.productionAt', { at: 5 })).toEqual([]);
    await expect(workspace.call('registry.rollback', { reason: 'again' })).rejects.toMatchObject({
      code: 'NOT_ALLOWED',
    });
  });

  test('a weak version is red, can be waived on record, and stale results do not count', async () => {
    const { modelVersionId } = await workspace.call('registry.register', { runId: runs[2] ?? 0 });
    const { red } = await workspace.services.registry.runGates(modelVersionId, 'Staging').done;
    expect(red).toBeGreaterThanOrEqual(3);
    const results = async () => (await workspace.call('registry.version', { modelVersionId })).gateResults;
    const red1 = (await results()).filter(({ state }) => state === 'failed');
    expect(red1.map(({ gate }) => gate.kind)).toEqual(
      expect.arrayContaining(['f1-floor', 'no-worse', 'behaviour']),
    );
    expect(red1.find(({ gate }) => gate.kind === 'no-worse')?.evidence?.noteIds.length).toBeGreaterThan(0);
    for (const { gate } of red1) {
      await workspace.call('registry.waive', { modelVersionId, gateId: gate.id, reason: 'a drill' });
    }
    expect(workspace.services.registry.blocked(modelVersionId, 'Staging')).toBeNull();
    const green1 = (await results()).find(({ state }) => state === 'passed');
    await expect(
      workspace.call('registry.waive', { modelVersionId, gateId: green1?.gate.id ?? 0, reason: 'x' }),
    ).rejects.toMatchObject({ code: 'NOT_ALLOWED' });

    const floor = red1.find(({ gate }) => gate.kind === 'f1-floor')?.gate;
    await expect(
      workspace.call('registry.setGate', { gateId: floor?.id ?? 0, settings: { floor: 2 } }),
    ).rejects.toMatchObject({ code: 'BAD_INPUT' });
    await workspace.call('registry.setGate', { gateId: floor?.id ?? 0, settings: { floor: 0.6 } });
    expect(workspace.services.registry.blocked(modelVersionId, 'Staging')).toContain(floor?.name);
  });

  test('the ledger finds an entry that was changed behind its back', async () => {
    const { db } = workspace.context;
    expect(await workspace.call('registry.verifyLedger', {})).toMatchObject({ valid: true, broken: null });
    expect(() => db.exec("UPDATE stage_event SET reason = 'other' WHERE id = 2")).toThrow('append-only');
    db.exec(`DROP TRIGGER stage_event_no_update; UPDATE stage_event SET reason = 'other' WHERE id = 2`);
    expect(await workspace.call('registry.verifyLedger', {})).toMatchObject({
      valid: false,
      entries: 1,
      broken: { entryId: 2, reason: expect.stringContaining('changed after it was written') },
    });
  });
});

describe('exporting', () => {
  test('writes a folder and a zip without a word of any note, and never overwrites', async () => {
    const target = path.join(folder, 'bundle');
    const written = await workspace.call('registry.exportBundle', { modelVersionId: 1, path: target });
    expect(written.path).toBe(target);
    const card = readFileSync(path.join(target, 'MODEL_CARD.md'), 'utf8');
    expect(card).toContain('| Production | Scoring contract | passed |');
    expect(card).toContain('95 % interval');
    const text = workspace.context.db
      .prepare('SELECT text FROM note_revision LIMIT 1')
      .pluck()
      .get() as string;
    for (const name of ['MODEL_CARD.md', 'README.md', 'golden.jsonl', 'manifest.json']) {
      expect(readFileSync(path.join(target, name), 'utf8')).not.toContain(text);
    }
    await expect(
      workspace.call('registry.exportBundle', { modelVersionId: 1, path: target }),
    ).rejects.toMatchObject({ code: 'CONFLICT' });

    const zip = await workspace.call('registry.exportBundle', {
      modelVersionId: 1,
      path: `${target}.zip`,
      packed: true,
    });
    expect((await entriesOf(zip.path)).toSorted()).toEqual(
      readdirSync(target)
        .map((name) => `bundle/${name}`)
        .toSorted(),
    );
    writeFileSync(path.join(folder, 'file'), '');
    await expect(
      workspace.call('registry.exportBundle', { modelVersionId: 1, path: path.join(folder, 'file', 'x') }),
    ).rejects.toMatchObject({ code: 'CONFLICT' });
    await expect(
      workspace.call('registry.exportBundle', { modelVersionId: 1, path: 'relative' }),
    ).rejects.toMatchObject({ code: 'BAD_INPUT' });
    expect(existsSync(path.resolve('relative'))).toBe(false);
  });
});

function entriesOf(file: string): Promise<string[]> {
  return new Promise((resolve, reject) => {
    yauzl.open(file, { lazyEntries: false }, (error, zip) => {
      if (error !== null) return reject(error);
      const names: string[] = [];
      zip.on('entry', (entry: { fileName: string }) => names.push(entry.fileName));
      zip.once('end', () => resolve(names));
      zip.once('error', reject);
    });
  });
}
