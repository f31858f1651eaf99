/**
 * `npm run -s bench -- NAME [--json]`: runs every NAME.bench.ts of the project and prints its figures. The
 * figures alone go to the standard output; what a bench has to say besides belongs to the standard error.
 */
import { globSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { figureLine, figureTable, type FigureLine, type Report } from './bench/figures.ts';
import { setUpApp } from './setup/all.ts';
import { projectRoot } from './setup/places.mjs';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { json: { type: 'boolean', default: false } },
});

const files = globSync('{crf-core,workers,electron,renderer,e2e,tools}/**/*.bench.ts', {
  cwd: projectRoot,
}).sort();
const nameOf = (file: string) => path.basename(file, '.bench.ts');
const wanted = files.filter((file) => positionals.includes(nameOf(file)));
const unknown = positionals.filter((name) => !files.some((file) => nameOf(file) === name));

if (positionals.length === 0 || unknown.length > 0) {
  const names = [...new Set(files.map(nameOf))].join(', ') || 'none yet';
  if (unknown.length > 0) process.stderr.write(`✗ there is no bench named ${unknown.join(', ')}\n`);
  process.stderr.write(`Usage: npm run -s bench -- NAME [--json]\nBenches: ${names}\n`);
  process.exit(2);
}

// Benches of the window need the app; the others run on Node with what is installed.
if (wanted.some((file) => /^(e2e|renderer)[\\/]/.test(file))) await setUpApp({ quiet: true });

const lines: FigureLine[] = [];
for (const file of wanted) {
  const bench = (await import(pathToFileURL(path.join(projectRoot, file)).href)) as {
    default?: (report: Report) => Promise<void>;
  };
  if (typeof bench.default !== 'function') {
    process.stderr.write(`✗ ${file} has no default export to run: export default async (report) => { … }\n`);
    process.exit(1);
  }
  await bench.default((figure) => {
    const line = figureLine(nameOf(file), figure);
    lines.push(line);
    if (values.json) process.stdout.write(`${JSON.stringify(line)}\n`);
  });
}
if (!values.json) process.stdout.write(`${figureTable(lines)}\n`);
process.exit(0);
