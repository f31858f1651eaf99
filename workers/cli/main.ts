#!/usr/bin/env node
import { fileURLToPath } from 'node:url';
import { fillSample } from '../engine/entries/sample.ts';
import { commands } from './commands.ts';
import { runCommandLine } from './run.ts';

const here = import.meta.url;
const fromSources = here.endsWith('.ts');
// Where the app is installed or checked out, for the sample: two folders above either place.
process.env['MEDSPAN_RESOURCES'] ??= fileURLToPath(new URL('../../resources', here));

const stop = new AbortController();
process.once('SIGINT', () => stop.abort());
process.once('SIGTERM', () => stop.abort());

process.exitCode = await runCommandLine(process.argv.slice(2), {
  commands,
  computeEntry: new URL(fromSources ? '../engine/entries/compute.ts' : './compute.js', here),
  fillSample: ({ services }) => fillSample(services),
  signal: stop.signal,
  env: process.env,
  out: (text) => process.stdout.write(text),
  err: (text) => process.stderr.write(text),
  interactive: process.stderr.isTTY,
});
