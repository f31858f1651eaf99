/**
 * `npm test`: types, lint, formatting, the import table, unit and engine tests, then the app in real Electron.
 * `npm run test:long` runs the long parts instead. The last line counts the tests of all runners together.
 */
import { globSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { openDisplay } from './display.ts';
import { setUpApp } from './setup/all.ts';
import { projectRoot } from './setup/places.mjs';
import { formatDuration } from './setup/steps.mjs';
import { add, nothing, summary } from './test-run/counts.ts';
import { partsTable, runLanes, type FinishedPart, type Part } from './test-run/part.ts';
import { checks, packaging, unit, windowTests } from './test-run/parts.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    long: { type: 'boolean', default: false },
    'retry-electron': { type: 'boolean', default: false },
  },
});

const start = performance.now();
process.stdout.write('Set-up\n');
await setUpApp({
  retryElectron: values['retry-electron'],
  write: (line) => void process.stdout.write(`${line}\n`),
});
const display = await openDisplay();
process.stdout.write('\nTests\n');

const parts = values.long ? await longParts() : await allParts();
display.close();

const total = parts.reduce((sum, part) => add(sum, part.counts), nothing);
process.stdout.write(`\n${partsTable(parts)}\n\n${formatDuration(performance.now() - start)} in all\n\n`);
process.stdout.write(`${summary(total)}\n`);
process.exit(parts.every((part) => part.ok) ? 0 : 1);

/** Checks and unit tests share the two cores; the window tests have them to themselves. */
async function allParts(): Promise<FinishedPart[]> {
  const wanted = (part: Part) => positionals.length === 0 || positionals.includes(part.name);
  const first = await runLanes([[...checks(), packaging()].filter(wanted), [unit()].filter(wanted)]);
  const second = await runLanes([[windowTests({ ...display.environment })].filter(wanted)]);
  return [...first, ...second];
}

/** Each long file is a part of its own, one after the other, because some measure. */
async function longParts(): Promise<FinishedPart[]> {
  const files = globSync('{crf-core,workers,electron,renderer,tools,e2e}/**/*.long.ts', { cwd: projectRoot });
  const wanted = files.filter(
    (file) => positionals.length === 0 || positionals.some((word) => file.includes(word)),
  );
  const inWindow = (file: string) => file.startsWith('e2e');
  return runLanes([
    wanted
      .sort()
      .map((file) => (inWindow(file) ? windowTests({ ...display.environment }, file) : unit(file))),
  ]);
}
