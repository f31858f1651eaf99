import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';

/** A Node outside the app that can run a bundle. */
export interface PlainNode {
  readonly file: string;
  readonly version: string;
}

const run = promisify(execFile);

/** The bundle promises to run on this major version and any later one. */
const leastMajor = 20;

/**
 * Finds a plain Node: the one that `MEDSPAN_NODE` names, this very process where it is one, or `node` on the PATH.
 * null where none is new enough.
 */
export async function findPlainNode(environment: NodeJS.ProcessEnv = process.env): Promise<PlainNode | null> {
  const own = process.versions['electron'] === undefined ? [process.execPath] : [];
  const named = environment['MEDSPAN_NODE'];
  for (const file of [...(named === undefined ? [] : [named]), ...own, ...onPath(environment)]) {
    const version = await versionOf(file);
    if (version !== null && Number(version.split('.')[0]) >= leastMajor) return { file, version };
  }
  return null;
}

function onPath(environment: NodeJS.ProcessEnv): string[] {
  const name = process.platform === 'win32' ? 'node.exe' : 'node';
  const folders = (environment['PATH'] ?? environment['Path'] ?? '').split(path.delimiter);
  return folders
    .filter((folder) => folder !== '' && path.isAbsolute(folder))
    .map((folder) => path.join(folder, name))
    .filter((file) => existsSync(file));
}

async function versionOf(file: string): Promise<string | null> {
  try {
    const { stdout } = await run(file, ['--version'], { timeout: 10_000, env: {} });
    return /^v(\d+\.\d+\.\d+)/.exec(stdout)?.[1] ?? null;
  } catch {
    return null;
  }
}
