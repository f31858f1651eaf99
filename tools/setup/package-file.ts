import path from 'node:path';
import { projectRoot } from './places.mjs';

/** A file of an installed package, also where the package's exports do not name it. */
export function packageFile(name: string, file: string): string {
  return path.join(projectRoot, 'node_modules', name, file);
}
