/** Where things are: the project, the cache outside it, and who is running us. */
import { createHash } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder of package.json. */
export const projectRoot = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..', '..');

export const isRoot = process.platform !== 'win32' && process.getuid?.() === 0;

/**
 * What is costly to make and worth keeping: runtimes, native builds, the unprivileged user's home.
 * Root's is a system folder, because the user that Electron runs as must be able to read it.
 *
 * @param {NodeJS.ProcessEnv} [environment]
 */
export function cacheFolder(environment = process.env) {
  if (environment['MEDSPAN_CACHE']) return path.resolve(environment['MEDSPAN_CACHE']);
  if (isRoot && process.platform === 'linux') return '/var/cache/medspan';
  if (process.platform === 'darwin') return path.join(homedir(), 'Library', 'Caches', 'medspan');
  if (process.platform === 'win32') {
    return path.join(environment['LOCALAPPDATA'] ?? path.join(homedir(), 'AppData', 'Local'), 'medspan');
  }
  return path.join(environment['XDG_CACHE_HOME'] || path.join(homedir(), '.cache'), 'medspan');
}

/**
 * A folder of the cache, made when missing.
 *
 * @param {...string} names
 */
export function cachePath(...names) {
  const folder = path.join(cacheFolder(), ...names);
  mkdirSync(folder, { recursive: true });
  return folder;
}

/** @param {string | Buffer} content */
export function sha256(content) {
  return createHash('sha256').update(content).digest('hex');
}
