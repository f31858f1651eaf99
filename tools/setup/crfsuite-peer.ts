/**
 * CRFsuite itself, built from the sources in the npm package of that name, as a peer for benches and for
 * checking model files both ways. Built only when somebody asks for it; the product never loads it.
 */
import { execFile } from 'node:child_process';
import { existsSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { cp } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { withLock } from './lock.ts';
import { packageFile } from './package-file.ts';
import { cachePath, projectRoot } from './places.mjs';
import { headersFolder } from './sqlite.ts';
import { SetupError } from './steps.mjs';

const run = promisify(execFile);

/** The path of the built native module; requiring it gives CRFsuite's Trainer and Tagger. */
export async function crfsuitePeer(): Promise<string> {
  const source = path.join(projectRoot, 'node_modules', 'crfsuite');
  const { version } = JSON.parse(readFileSync(path.join(source, 'package.json'), 'utf8')) as {
    version: string;
  };
  const built = path.join(
    cachePath('native'),
    `crfsuite-${version}-${process.platform}-${process.arch}.node`,
  );
  if (existsSync(built)) return built;
  return withLock(`${built}.lock`, async () => {
    if (!existsSync(built)) await build(source, version, built);
    return built;
  });
}

async function build(source: string, version: string, built: string): Promise<void> {
  const work = `${built}.build`;
  rmSync(work, { recursive: true, force: true });
  await cp(source, work, { recursive: true, filter: (file) => !/[\\/]build$/.test(file) });
  const addonApi = [path.join(source, 'node_modules'), path.join(projectRoot, 'node_modules')]
    .map((place) => path.join(place, 'node-addon-api'))
    .find((place) => existsSync(place));
  if (addonApi) await cp(addonApi, path.join(work, 'node_modules', 'node-addon-api'), { recursive: true });
  const args = [
    'rebuild',
    '--release',
    `--nodedir=${headersFolder()}`,
    `--jobs=${availableParallelism()}`,
    // What the package's own build tool would have filled in.
    '--module_name=crfsuite',
    `--module_path=${path.join(work, 'binding')}`,
    '--napi_build_version=3',
  ];
  try {
    await run(process.execPath, [packageFile('node-gyp', 'bin/node-gyp.js'), ...args], {
      cwd: work,
      maxBuffer: 64 * 1024 * 1024,
    });
  } catch (error) {
    const { stderr = '' } = error as { stderr?: string };
    throw new SetupError(
      `CRFsuite ${version} could not be built:\n${stderr.trim().split('\n').slice(-8).join('\n')}`,
      'install python3, make and g++ (apt-get install -y python3 make g++), then run the command again',
      { cause: error },
    );
  }
  renameSync(path.join(work, 'build', 'Release', 'crfsuite.node'), built);
  rmSync(work, { recursive: true, force: true });
}
