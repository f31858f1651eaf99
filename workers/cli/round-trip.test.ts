import { afterEach, beforeEach, expect, it } from 'vitest';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { fillSample } from '../engine/entries/sample.ts';
import { commands } from './commands.ts';
import { runCommandLine } from './run.ts';

let folder: string;
let path: string;
const resources = process.env['MEDSPAN_RESOURCES'];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'medspan-cli-'));
  path = join(folder, 'a.medspan');
  process.env['MEDSPAN_RESOURCES'] = fileURLToPath(new URL('../../resources', import.meta.url));
});
afterEach(() => {
  if (resources === undefined) delete process.env['MEDSPAN_RESOURCES'];
  else process.env['MEDSPAN_RESOURCES'] = resources;
  rmSync(folder, { recursive: true, force: true });
});

/** Carries out one command line in a fresh process's stead, and gives what it printed as JSON. */
async function medspan(...argv: readonly string[]): Promise<never> {
  const { code, out, err } = await attempt(...argv);
  expect(code, `${argv.join(' ')}: ${err}`).toBe(0);
  return JSON.parse(out) as never;
}

async function attempt(...argv: readonly string[]) {
  let out = '';
  let err = '';
  const code = await runCommandLine([...argv, '--json'], {
    commands,
    computeEntry: new URL('../engine/entries/compute.ts', import.meta.url),
    fillSample: ({ services }) => fillSample(services),
    signal: new AbortController().signal,
    env: { MEDSPAN_WORKSPACE: path },
    out: (text) => (out += text),
    err: (text) => (err += text),
    interactive: false,
  });
  return { code, out, err };
}

it('from the sample to a model in Staging without a window', { timeout: 120_000 }, async () => {
  await medspan('workspace', 'sample');
  const snapshot: { id: number; noteCount: number } = await medspan('snapshot', 'first');
  expect(snapshot.noteCount).toBe(400);
  const split: { id: number } = await medspan('split', String(snapshot.id), 'by seed');
  const run: { id: number; state: string } = await medspan('train', String(split.id));
  expect(run.state).toBe('finished');
  const runs: readonly { testSpanF1: number }[] = await medspan('runs');
  expect(runs[0]?.testSpanF1).toBeGreaterThan(0.6);
  const predictions = join(folder, 'predictions.tsv');
  await medspan('predictions', String(run.id), predictions);
  expect(readFileSync(predictions, 'utf8').split('\n').length).toBeGreaterThan(1000);
  const { modelVersionId }: { modelVersionId: number } = await medspan('register', String(run.id));
  const gates: readonly { state: string }[] = await medspan('gates', String(modelVersionId), 'staging');
  expect(gates.length).toBeGreaterThan(0);
  await medspan('promote', String(modelVersionId), 'staging', '--reason', 'It passed.');
  // Production has gates of its own, which have not run.
  expect((await attempt('promote', String(modelVersionId), 'production', '--reason', 'Now.')).code).toBe(4);
  const models: readonly { stage: string }[] = await medspan('models');
  expect(models[0]?.stage).toBe('Staging');
  expect(existsSync(`${path}-lock`)).toBe(false);
});
