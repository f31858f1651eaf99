import { expect, it } from 'vitest';
import { readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeTestFolder } from '../storage/test-folder.ts';
import { openLogFile } from './log-file.ts';

it('begins a new file when one is full, and keeps as many as it was told', () => {
  const folder = makeTestFolder();
  const log = openLogFile({ folder: folder.file('logs'), name: 'engine', maximumBytes: 2000, kept: 2 });
  for (let at = 0; at < 200; at += 1) log.info('a.thing', { at });
  const names = readdirSync(folder.file('logs')).toSorted();
  expect(names).toEqual(['engine.1.log', 'engine.2.log', 'engine.log']);
  for (const name of names) expect(statSync(join(folder.file('logs'), name)).size).toBeLessThanOrEqual(2000);
  const last =
    readFileSync(join(folder.file('logs'), 'engine.log'), 'utf8')
      .trimEnd()
      .split('\n')
      .at(-1) ?? '';
  expect(JSON.parse(last)).toMatchObject({ event: 'a.thing', at: 199 });
  folder.remove();
});

it('leaves out what an error says, and keeps where it happened', () => {
  const folder = makeTestFolder();
  const log = openLogFile({ folder: folder.path, name: 'engine' });
  log.error('call.failed', new TypeError('Mr Zebra has a cold'), { method: 'a.b' });
  log.error('call.failed', 'Mr Zebra again');
  const text = readFileSync(folder.file('engine.log'), 'utf8');
  expect(text).toContain('TypeError');
  expect(text).toContain('log-file.test.ts');
  expect(text).not.toContain('Zebra');
  folder.remove();
});

it('never stops the work when it cannot write', () => {
  const folder = makeTestFolder();
  writeFileSync(folder.file('in the way'), '');
  const log = openLogFile({ folder: folder.file('in the way'), name: 'engine' });
  log.info('a.thing');
  rmSync(folder.file('in the way'));
  log.info('another.thing');
  expect(readFileSync(join(folder.file('in the way'), 'engine.log'), 'utf8')).toContain('another.thing');
  folder.remove();
});
