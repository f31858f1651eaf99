/** What `npm test` consists of. */
import { existsSync, rmSync } from 'node:fs';
import path from 'node:path';
import { packageForTests } from '../package/package-app.ts';
import { packageFile } from '../setup/package-file.ts';
import { projectRoot } from '../setup/places.mjs';
import { resultFolder, runNode, type CommandResult } from './command.ts';
import { countUnit, countWindow, readCounts } from './counts.ts';
import type { Part, PartResult } from './part.ts';

const rooms = ['crf-core', 'workers', 'electron', 'renderer', 'e2e', 'tools'];

/** A check counts as one test: the last line of a run must not say "0 failed" when lint did. */
function asOne(result: CommandResult): PartResult {
  const counts = { passed: result.ok ? 1 : 0, failed: result.ok ? 0 : 1, skipped: 0 };
  return { ok: result.ok, counts, output: result.output };
}

function check(name: string, ...args: string[]): Part {
  return { name, run: async () => asOne(await runNode(args, { name })) };
}

export function checks(): Part[] {
  return [
    check('types', packageFile('typescript', 'bin/tsc'), '-b'),
    check('lint', packageFile('oxlint', 'bin/oxlint'), '--type-aware', '-f', 'unix'),
    check('format', packageFile('prettier', 'bin/prettier.cjs'), '--check', '.'),
    check(
      'imports',
      packageFile('dependency-cruiser', 'bin/dependency-cruise.mjs'),
      ...['--config', '.dependency-cruiser.cjs', '--output-type', 'err-long'],
      ...rooms.filter((room) => existsSync(path.join(projectRoot, room))),
    ),
  ];
}

/** The app as people get it, for the test that starts it. */
export function packaging(): Part {
  return {
    name: 'package',
    async run() {
      await packageForTests();
      return { ok: true, counts: { passed: 1, failed: 0, skipped: 0 }, output: '' };
    },
  };
}

/** Unit, property and engine tests; `file` narrows them down to one long run. */
export function unit(long?: string): Part {
  const name = long ? `long-${path.basename(long, '.long.ts')}` : 'unit';
  const report = path.join(resultFolder, `${name}.json`);
  return {
    name,
    async run() {
      rmSync(report, { force: true });
      const result = await runNode(
        [
          packageFile('vitest', 'vitest.mjs'),
          ...['run', '--config', 'tools/vitest.config.ts'],
          ...['--reporter=default', '--reporter=json', `--outputFile.json=${report}`],
          ...(long ? [long] : []),
        ],
        { name, minutes: long ? 8 : 10, environment: long ? { MEDSPAN_LONG: '1' } : {} },
      );
      return withSkips(result, readCounts(report, countUnit, result.ok));
    },
  };
}

/** Tests of the app in real Electron. */
export function windowTests(environment: Readonly<Record<string, string>>, long?: string): Part {
  const name = long ? `long-${path.basename(long, '.long.ts')}` : 'e2e';
  const report = path.join(resultFolder, `${name}.json`);
  return {
    name,
    async run() {
      rmSync(report, { force: true });
      const result = await runNode(
        [
          packageFile('@playwright/test', 'cli.js'),
          ...['test', '--config', 'e2e/playwright.config.ts'],
          ...(long ? [long] : []),
        ],
        {
          name,
          minutes: long ? 8 : 12,
          environment: { ...environment, MEDSPAN_E2E_REPORT: report, ...(long ? { MEDSPAN_LONG: '1' } : {}) },
        },
      );
      return withSkips(result, readCounts(report, countWindow, result.ok));
    },
  };
}

/** On a build server a skipped test is a failure: it would pass for tested what was not. */
function withSkips(result: CommandResult, counts: PartResult['counts']): PartResult {
  const strict = Boolean(process.env['CI']) && counts.skipped > 0;
  const note = strict
    ? `\n${counts.skipped} tests were skipped, which CI does not allow; ../shared may be missing\n`
    : '';
  return { ok: result.ok && counts.failed === 0 && !strict, counts, output: result.output + note };
}
