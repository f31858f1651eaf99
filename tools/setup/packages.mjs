/** Step "packages": node_modules as the lockfile says. */
import { spawn } from 'node:child_process';
import { existsSync, lstatSync, readFileSync, realpathSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { isRoot, projectRoot, sha256 } from './places.mjs';
import { SetupError } from './steps.mjs';

/** @typedef {{ packages?: Record<string, { version?: string, optional?: boolean, link?: boolean }> }} Lockfile */

/**
 * @param {string} [root]
 * @returns {import('./steps.mjs').Step}
 */
export function packagesStep(root = projectRoot) {
  return {
    name: 'packages',
    async run() {
      const modules = path.join(root, 'node_modules');
      const lockfile = readFileSync(path.join(root, 'package-lock.json'));
      const stampFile = path.join(modules, '.medspan-packages');
      const stamp = sha256(lockfile);
      if (existsSync(stampFile) && readFileSync(stampFile, 'utf8') === stamp) {
        return { did: false, note: 'as in the lockfile' };
      }
      if (lstatSync(modules, { throwIfNoEntry: false })?.isSymbolicLink()) {
        // `npm ci` would empty a folder that another checkout lives on.
        return { did: false, note: `node_modules is a link to ${realpathSync(modules)}, taken as it is` };
      }
      if (agrees(JSON.parse(lockfile.toString('utf8')), readInstalled(modules))) {
        writeFileSync(stampFile, stamp);
        return { did: false, note: 'already as in the lockfile' };
      }
      await npmCi(root);
      writeFileSync(stampFile, stamp);
      return { did: true, note: 'installed from the lockfile with npm ci' };
    },
  };
}

/**
 * Whether what is installed is what the lockfile asks for, so that a person who ran npm by hand need not wait.
 *
 * @param {Lockfile} wanted
 * @param {Lockfile | undefined} installed
 */
export function agrees(wanted, installed) {
  if (!wanted.packages || !installed?.packages) return false;
  const there = installed.packages;
  return Object.entries(wanted.packages).every(([place, entry]) => {
    if (place === '' || entry.link) return true;
    const found = there[place];
    return found ? found.version === entry.version : entry.optional === true;
  });
}

/**
 * @param {string} modules
 * @returns {Lockfile | undefined}
 */
function readInstalled(modules) {
  try {
    return JSON.parse(readFileSync(path.join(modules, '.package-lock.json'), 'utf8'));
  } catch {
    return undefined;
  }
}

/**
 * @param {string} root
 * @returns {Promise<void>}
 */
function npmCi(root) {
  return new Promise((resolve, reject) => {
    const child = spawn('npm', ['ci', '--no-audit', '--no-fund'], {
      cwd: root,
      shell: process.platform === 'win32',
      stdio: ['ignore', 'pipe', 'pipe'],
      // Settings of the `npm start` that called us must not leak into this npm.
      env: Object.fromEntries(Object.entries(process.env).filter(([key]) => !key.startsWith('npm_package_'))),
    });
    // What went wrong comes first, and npm's manual last.
    /** @type {string[]} */
    const errors = [];
    for (const stream of [child.stdout, child.stderr]) {
      createInterface({ input: stream }).on('line', (line) => {
        if (isNoise(line)) return;
        if (line.startsWith('npm error') && errors.length < 15) errors.push(line);
      });
    }
    child.on('error', (error) => reject(npmFailed(error.message)));
    child.on('close', (code) => (code === 0 ? resolve() : reject(npmFailed(errors.join('\n')))));
  });
}

/**
 * Lines of npm that worry a reader for nothing: several tools want Node 22.12, which they get from the next step.
 *
 * @param {string} line
 */
export function isNoise(line) {
  return /EBADENGINE|npm warn deprecated|npm warn Unknown (user|project|env) config|^npm error\s*$|^\s*$/.test(
    line,
  );
}

/** @param {string} text */
function npmFailed(text) {
  return new SetupError(
    `npm ci did not finish:\n${text}`,
    isRoot
      ? 'check that npm can reach its package registry (npm ping), then run the command again'
      : 'check that npm can reach its package registry (npm ping) and that this folder is yours, then run again',
  );
}
