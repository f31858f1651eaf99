import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { MedspanError } from '../api/errors.ts';

/** The folders above this module: of the sources, of `out/`, or of the packaged app. */
function* foldersAbove(): Generator<string> {
  let folder = import.meta.dirname;
  for (;;) {
    yield folder;
    const parent = path.dirname(folder);
    if (parent === folder) return;
    folder = parent;
  }
}

/** Version of this Medspan, from the package.json that it came with. */
export function productVersion(): string {
  for (const folder of foldersAbove()) {
    const file = path.join(folder, 'package.json');
    if (!existsSync(file)) continue;
    const { name, version } = JSON.parse(readFileSync(file, 'utf8')) as { name?: unknown; version?: unknown };
    if (name === 'medspan' && typeof version === 'string') return version;
  }
  return '0.0.0';
}

/**
 * Where the built programs of a bundle lie: `MEDSPAN_BUNDLE_TEMPLATE`, or `bundle-template` in `out/` or in the
 * packaged app. Errors: NOT_FOUND.
 */
export function bundleTemplateFolder(): string {
  const given = process.env['MEDSPAN_BUNDLE_TEMPLATE'];
  const candidates = given === undefined ? [...foldersAbove()].flatMap(templatesIn) : [given];
  const found = candidates.find((folder) => existsSync(path.join(folder, 'serve.mjs')));
  if (found !== undefined) return found;
  throw new MedspanError(
    'NOT_FOUND',
    'The programs that go into a bundle are not built. Run “npm run build” once, or reinstall the app.',
  );
}

function templatesIn(folder: string): string[] {
  return [path.join(folder, 'bundle-template'), path.join(folder, 'out', 'bundle-template')];
}
