import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { medspanVersion } from './versions.ts';

it('is the version of the package', () => {
  const manifest = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as {
    version: string;
  };
  expect(medspanVersion).toBe(manifest.version);
});
