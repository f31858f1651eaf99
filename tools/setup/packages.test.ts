import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { agrees, isNoise, packagesStep } from './packages.mjs';

const lock = (packages: Record<string, object>) => ({ packages: { '': {}, ...packages } });

describe('what is installed agrees with the lockfile', () => {
  test('when every package has the wanted version', () => {
    expect(
      agrees(
        lock({ 'node_modules/a': { version: '1.0.0' } }),
        lock({ 'node_modules/a': { version: '1.0.0' } }),
      ),
    ).toBe(true);
  });

  test('not when a version differs or a package is missing', () => {
    const wanted = lock({ 'node_modules/a': { version: '1.0.0' } });
    expect(agrees(wanted, lock({ 'node_modules/a': { version: '1.0.1' } }))).toBe(false);
    expect(agrees(wanted, lock({}))).toBe(false);
    expect(agrees(wanted, undefined)).toBe(false);
  });

  test('although an optional package of another system is missing', () => {
    expect(agrees(lock({ 'node_modules/b': { version: '2.0.0', optional: true } }), lock({}))).toBe(true);
  });
});

describe('the packages step', () => {
  let root: string;
  beforeEach(() => {
    root = mkdtempSync(path.join(tmpdir(), 'packages-'));
    writeFileSync(
      path.join(root, 'package-lock.json'),
      JSON.stringify(lock({ 'node_modules/a': { version: '1.0.0' } })),
    );
  });
  afterEach(() => rmSync(root, { recursive: true, force: true }));

  test('takes over what a person installed by hand, and then trusts its stamp', async () => {
    mkdirSync(path.join(root, 'node_modules'));
    writeFileSync(
      path.join(root, 'node_modules', '.package-lock.json'),
      JSON.stringify({ packages: { 'node_modules/a': { version: '1.0.0' } } }),
    );
    expect(await packagesStep(root).run()).toEqual({ did: false, note: 'already as in the lockfile' });
    expect(await packagesStep(root).run()).toEqual({ did: false, note: 'as in the lockfile' });
  });

  test('never runs npm in a folder that is a link to another checkout', async () => {
    mkdirSync(path.join(root, 'elsewhere'));
    symlinkSync(path.join(root, 'elsewhere'), path.join(root, 'node_modules'));
    expect((await packagesStep(root).run()).note).toContain('is a link to');
  });
});

test('noise of npm is kept from the reader, errors are not', () => {
  expect(isNoise("npm warn EBADENGINE   required: { node: '>=22.12.0' },")).toBe(true);
  expect(isNoise('npm error code ENOTFOUND')).toBe(false);
});
