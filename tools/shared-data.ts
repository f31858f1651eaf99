/** The corpora that tests and benches use where they are present: the folder `shared` beside the project. */
import { existsSync } from 'node:fs';
import path from 'node:path';
import { projectRoot } from './setup/places.mjs';

/** A file or folder under `../shared`, or undefined where the machine does not have it. */
export function sharedPath(...names: string[]): string | undefined {
  const shared = process.env['MEDSPAN_SHARED'] ?? path.join(projectRoot, '..', 'shared');
  const file = path.join(shared, ...names);
  return existsSync(file) ? file : undefined;
}
