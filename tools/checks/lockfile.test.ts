import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { projectRoot } from '../setup/places.mjs';

interface Entry {
  version?: string;
  resolved?: string;
  optionalDependencies?: Record<string, string>;
}

const text = readFileSync(path.join(projectRoot, 'package-lock.json'), 'utf8');
const { packages } = JSON.parse(text) as { packages: Record<string, Entry> };

/** Where npm would look a package up for somebody who stands at `place`. */
function* lookUps(place: string, name: string): Generator<string> {
  let folder = place;
  while (folder !== '') {
    yield `${folder}/node_modules/${name}`;
    folder = folder.slice(0, Math.max(0, folder.lastIndexOf('/node_modules/')));
  }
  yield `node_modules/${name}`;
}

test('the lockfile names the builds of all systems, also those that the registry at hand does not offer', () => {
  const missing = Object.entries(packages).flatMap(([place, entry]) =>
    Object.keys(entry.optionalDependencies ?? {})
      .filter((name) => ![...lookUps(place, name)].some((found) => packages[found]?.version))
      .map((name) => `${name}, for ${place}`),
  );
  // With one of them missing, newer versions of `npm ci` refuse the whole lockfile.
  expect(missing).toEqual([]);
});

test('the lockfile names no registry', () => {
  expect(Object.values(packages).filter((entry) => entry.resolved?.startsWith('http'))).toEqual([]);
});
