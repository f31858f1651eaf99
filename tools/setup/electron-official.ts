/** The official Electron binary: as the electron package installed it, or fetched into our cache with one quick try. */
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { mkdtemp, rename, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Runtime } from './electron-runtime.ts';
import { withLock } from './lock.ts';
import { cachePath, projectRoot, sha256 } from './places.mjs';
import { unzip } from './unzip.ts';

/** How long the network may stay silent before the fallback is taken. */
const silence = 10_000;

/** What is remembered of a try that failed, so that the next start does not wait for another. */
interface Failure {
  version: string;
  at: string;
  reason: string;
}

const require = createRequire(path.join(projectRoot, 'package.json'));

export function wantedVersion(): string {
  return (require('electron/package.json') as { version: string }).version;
}

/** The path that was given in MEDSPAN_ELECTRON, looked at. */
export function givenRuntime(executable: string): Runtime {
  const file = path.resolve(executable);
  if (!existsSync(file)) throw new Error(`MEDSPAN_ELECTRON names ${file}, which does not exist`);
  const { size, mtimeMs } = statSync(file);
  const versions = askVersions(file);
  return {
    id: `given-${versions.electron}-${sha256(`${file} ${size} ${mtimeMs}`).slice(0, 12)}`,
    source: 'MEDSPAN_ELECTRON',
    folder: path.dirname(file),
    executable: file,
    version: versions.electron,
    napi: versions.napi,
  };
}

/** The official binary when it is there already; fetches nothing. */
export function presentOfficial(): Runtime | undefined {
  const version = wantedVersion();
  const installed = path.join(projectRoot, 'node_modules', 'electron', 'dist');
  const cached = path.join(cachePath('electron'), `official-${version}-${process.platform}-${process.arch}`);
  for (const folder of [installed, cached]) {
    const executable = path.join(folder, executableName());
    if (!existsSync(executable)) continue;
    if (readFileSync(path.join(folder, 'version'), 'utf8').trim().replace(/^v/, '') !== version) continue;
    // Node-API 10 came with the Node of Electron 36.
    const napi = Number(version.split('.')[0]) >= 36 ? 10 : 9;
    return {
      id: `official-${version}-${process.platform}-${process.arch}`,
      source: 'official',
      folder,
      executable,
      version,
      napi,
    };
  }
  return undefined;
}

/** Fetches the official binary, unless that failed before. Gives the reason when there is none. */
export async function fetchOfficial(
  retry: boolean,
): Promise<{ runtime?: Runtime; reason: string; tried: boolean }> {
  const electron = cachePath('electron');
  const memory = path.join(electron, 'official-failure.json');
  const version = wantedVersion();
  const before = readFailure(memory);
  if (before?.version === version && !retry) {
    return {
      reason: `the official ${version} could not be fetched on ${before.at.slice(0, 10)} (${before.reason}); --retry-electron tries again`,
      tried: false,
    };
  }
  try {
    await withLock(path.join(electron, 'official.lock'), () => download(version, electron));
    rmSync(memory, { force: true });
    const runtime = presentOfficial();
    return runtime
      ? { runtime, reason: '', tried: true }
      : { reason: 'the download holds no Electron', tried: true };
  } catch (error) {
    const reason = reasonOf(error);
    const failure: Failure = { version, at: new Date().toISOString(), reason };
    writeFileSync(memory, JSON.stringify(failure, undefined, 2));
    return { reason: `the official ${version} cannot be fetched here (${reason})`, tried: true };
  }
}

async function download(version: string, electron: string): Promise<void> {
  if (presentOfficial()) return;
  const requireFromElectron = createRequire(require.resolve('electron/package.json'));
  const get = (await import(pathToFileURL(requireFromElectron.resolve('@electron/get')).href)) as {
    downloadArtifact: (options: Record<string, unknown>) => Promise<string>;
  };
  const stop = new AbortController();
  let timer = setTimeout(() => stop.abort(new Error('no answer within 10 s')), silence);
  const heard = () => {
    clearTimeout(timer);
    timer = setTimeout(() => stop.abort(new Error('the connection went silent')), silence);
  };
  const work = await mkdtemp(path.join(electron, 'official-'));
  try {
    const zip = await get.downloadArtifact({
      version,
      artifactName: 'electron',
      platform: process.platform,
      arch: process.arch,
      cacheRoot: cachePath('electron', 'downloads'),
      checksums: requireFromElectron('./checksums.json'),
      downloadOptions: {
        quiet: true,
        signal: stop.signal,
        getProgressCallback: () => Promise.resolve(heard()),
      },
    });
    await unzip(zip, path.join(work, 'dist'));
    const folder = path.join(electron, `official-${version}-${process.platform}-${process.arch}`);
    await rm(folder, { recursive: true, force: true });
    await rename(path.join(work, 'dist'), folder);
  } finally {
    clearTimeout(timer);
    await rm(work, { recursive: true, force: true });
  }
}

function executableName(): string {
  if (process.platform === 'darwin') return 'Electron.app/Contents/MacOS/Electron';
  return process.platform === 'win32' ? 'electron.exe' : 'electron';
}

function askVersions(executable: string): { electron: string; napi: number } {
  const text = execFileSync(
    executable,
    ['-p', 'JSON.stringify({ electron: process.versions.electron, napi: Number(process.versions.napi) })'],
    {
      encoding: 'utf8',
      env: { ...process.env, ELECTRON_RUN_AS_NODE: '1' },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  return JSON.parse(text) as { electron: string; napi: number };
}

function readFailure(file: string): Failure | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Failure;
  } catch {
    return undefined;
  }
}

/** The innermost cause: `fetch failed` alone helps nobody. */
function reasonOf(error: unknown): string {
  let inner: unknown = error;
  while (inner instanceof Error && inner.cause !== undefined) inner = inner.cause;
  const code = (inner as { code?: string }).code;
  return code ?? (inner instanceof Error ? inner.message : String(inner));
}
