import fc from 'fast-check';
import { normalize, sep } from 'node:path';
import { describe, expect, it } from 'vitest';
import { isAppUrl, resolveAppPath } from './app-url.ts';

describe('isAppUrl', () => {
  it('knows its own pages', () => {
    expect(isAppUrl('app://medspan/index.html#/corpus')).toBe(true);
  });

  it.each([
    'app://medspan.evil/index.html',
    'app://evil/app://medspan',
    'https://medspan/index.html',
    'https://example.org/?next=app://medspan',
    'file:///etc/passwd',
    'javascript:alert(1)',
    'app:medspan',
    '',
    'app://',
  ])('refuses %s', (address) => {
    expect(isAppUrl(address)).toBe(false);
  });
});

describe('resolveAppPath', () => {
  const root = normalize('/srv/renderer');

  it('finds a file below the root', () => {
    expect(resolveAppPath(root, '/assets/a.js')).toEqual({
      file: normalize('/srv/renderer/assets/a.js'),
      mediaType: 'text/javascript; charset=utf-8',
    });
  });

  it.each([
    '/../secret.js',
    '/%2e%2e/secret.js',
    '/..%2fsecret.js',
    '/../renderer-other/a.js',
    '/%00.js',
    '/%',
    '/a.exe',
    '/',
  ])('refuses %s', (path) => {
    expect(resolveAppPath(root, path)).toBeNull();
  });

  it('never leaves the root, whatever the path', () => {
    const piece = fc.constantFrom('..', '.', '%2e%2e', 'a', '%2f', '\\', '//', 'x.js', '%5c..', 'é.css');
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
        const found = resolveAppPath(root, `/${pieces.join('/')}`);
        expect(found === null || found.file.startsWith(root + sep)).toBe(true);
      }),
    );
  });
});
