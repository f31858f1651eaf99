import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { fingerprint } from './source-hash.ts';

let root: string;
beforeEach(() => {
  root = mkdtempSync(path.join(tmpdir(), 'sources-'));
  mkdirSync(path.join(root, 'workers'));
  writeFileSync(path.join(root, 'workers', 'a.ts'), 'one');
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const hash = (before?: Parameters<typeof fingerprint>[2]) =>
  fingerprint(root, ['workers', 'missing'], before);

test('a changed content changes the fingerprint, also at equal length', () => {
  const before = hash();
  writeFileSync(path.join(root, 'workers', 'a.ts'), 'two');
  utimesSync(path.join(root, 'workers', 'a.ts'), 1, 1);
  expect(hash(before.records).hash).not.toBe(before.hash);
});

test('a touched file with the same content does not', () => {
  const before = hash();
  utimesSync(path.join(root, 'workers', 'a.ts'), 1, 1);
  expect(hash(before.records).hash).toBe(before.hash);
});

test('a renamed file does, a test beside it does not', () => {
  const before = hash();
  writeFileSync(path.join(root, 'workers', 'a.test.ts'), 'test');
  expect(hash().hash).toBe(before.hash);
  writeFileSync(path.join(root, 'workers', 'b.ts'), 'one');
  expect(hash().hash).not.toBe(before.hash);
});
