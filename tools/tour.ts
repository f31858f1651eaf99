/**
 * The whole round trip through the real app, by locators and keys alone:
 * `npm run tour -- [--data DIR] [--out DIR]`. Without data it uses the sample. Leaves screenshots and
 * `report.json` in the out folder (`out/tour` unless given) and prints a table.
 */
import { cpSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { appFolder, launchApp, resolveElectron } from './electron.ts';
import { makeReadable } from './setup/unprivileged.ts';
import type { TourData } from './tour/learn.ts';
import * as learn from './tour/learn.ts';
import * as ship from './tour/ship.ts';
import type { Stage } from './tour/stage.ts';
import { camera, Tour } from './tour/stage.ts';

const { values } = parseArgs({
  allowPositionals: true,
  strict: false,
  options: { data: { type: 'string' }, out: { type: 'string' } },
});
const projectRoot = path.resolve(import.meta.dirname, '..');
const out = path.resolve(typeof values.out === 'string' ? values.out : path.join(projectRoot, 'out/tour'));
const sample = path.join(projectRoot, 'resources/sample');
const say = (line: string): void => void process.stdout.write(`${line}\n`);

/** The app may run as another user, who sees only what lies in its own folder. */
function bring(folder: string): TourData {
  if (typeof values.data !== 'string') {
    const file = path.join(folder, 'notes.jsonl');
    cpSync(path.join(sample, 'notes.jsonl'), file);
    makeReadable(file);
    return { name: 'sample', folder: null, files: [file], split: 'source', scheme: 'IOB2' };
  }
  const source = path.resolve(values.data);
  const copy = path.join(folder, path.basename(source));
  cpSync(source, copy, { recursive: true });
  makeReadable(copy);
  const pairs = readdirSync(source).some((name) => name.endsWith('_sent'));
  return {
    name: path.basename(source),
    folder: copy,
    files: [],
    split: readdirSync(source).some((name) => name.startsWith('test')) ? 'source' : 'random',
    scheme: pairs ? 'IO' : 'IOB2',
  };
}

rmSync(out, { recursive: true, force: true });
mkdirSync(out, { recursive: true });
const folder = appFolder('tour');
const data = bring(folder);
say(`Tour over ${data.name}, on Electron ${resolveElectron().version}`);
const tour = new Tour(say);
const launched = await tour.step('start the app', () => launchApp({}));
let failure: unknown = null;
try {
  const { app } = launched;
  const page = await app.firstWindow();
  await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.setContentSize(1440, 900));
  const report: Record<string, unknown> = { data: data.name };
  const stage: Stage = { app, page, folder, report, shot: camera(page, out) };

  await tour.step('create a workspace', () => learn.createWorkspace(stage));
  const started = performance.now();
  await tour.step('import', () => learn.importNotes(stage, data));
  await tour.step('freeze and split', () => learn.freeze(stage, data));
  await tour.step('train', () => learn.train(stage, data));
  await tour.step('evaluate', () => learn.evaluate(stage));
  report['endToEndSeconds'] = (performance.now() - started) / 1000;
  await tour.step('annotate by keys', () => learn.annotate(stage));
  await tour.step('compare two runs', () => learn.compareRuns(stage));
  await tour.step('register', () => ship.register(stage));
  await tour.step('promote through the gates', () => ship.promote(stage));
  const bundle = await tour.step('export the bundle', () => ship.exportBundle(stage));
  const logs = [1, 3].map((week) => path.join(folder, `week-${week}.log.jsonl`));
  await tour.step('tag two weeks with the bundle', async () => {
    for (const [i, week] of [1, 3].entries()) {
      await ship.tagInProduction(bundle, path.join(sample, `production/week-${week}.jsonl`), logs[i] ?? '');
    }
  });
  await tour.step('import logs and compare', () => ship.watch(stage, logs));
  await tour.step('retrain by pipeline', () => ship.retrain(stage, Number(report['alerts'])));
  await tour.step('home', () => ship.comeHome(stage));
  report['steps'] = tour.times;
  // The bundle goes with the report; the tour's own folder does not stay.
  cpSync(bundle, path.join(out, 'bundle'), { recursive: true });
  report['bundlePath'] = path.join(out, 'bundle');
  writeFileSync(path.join(out, 'report.json'), `${JSON.stringify(report, null, 2)}\n`);
  say('');
  for (const [name, value] of Object.entries(report)) {
    if (typeof value !== 'object')
      say(`  ${name.padEnd(20)} ${typeof value === 'number' ? round(value) : String(value)}`);
  }
  say(`\nScreenshots and report.json are in ${out}`);
} catch (error) {
  failure = error;
  const page = launched.app.windows()[0];
  await page?.screenshot({ path: path.join(out, 'failed.png') }).catch(() => undefined);
} finally {
  await launched.close().catch(() => undefined);
  rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
}
if (failure !== null) {
  const { message, cause } = failure as Error;
  process.stderr.write(`✗ ${message}: ${cause instanceof Error ? cause.message : String(cause)}\n`);
  process.stderr.write(`  ${path.join(out, 'failed.png')} shows the window as it was then.\n`);
  process.exit(1);
}

function round(value: number): string {
  return Number.isInteger(value) ? String(value) : value.toFixed(3);
}
