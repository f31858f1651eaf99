/** Packages the built app with electron-builder around the runtime that the set-up chose. */
import {
  chmodSync,
  chownSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { runNode } from '../test-run/command.ts';
import { readCheckout } from '../setup/checkout.ts';
import type { Runtime } from '../setup/electron-runtime.ts';
import { packageFile } from '../setup/package-file.ts';
import { cachePath, projectRoot, sha256 } from '../setup/places.mjs';
import { SetupError } from '../setup/steps.mjs';
import { unprivilegedUser, writeWrapper } from '../setup/unprivileged.ts';

export interface PackageOptions {
  /** Make this system's installers, not only the directory. */
  readonly installers?: boolean;
  /** Leave the one fuse on that Playwright attaches through: for tests, never for people. */
  readonly inspectable?: boolean;
  readonly output: string;
}

export interface PackagedApp {
  readonly executable: string;
  /** What a test starts: the executable, or the script that starts it as the unprivileged user. */
  readonly executablePath: string;
  readonly folder: string;
}

/** Where the package for the end-to-end tests stands; the user that Electron runs as can read it. */
export function testPackageFolder(): string {
  return path.join(cachePath('packages'), sha256(projectRoot).slice(0, 12));
}

/** The package for the end-to-end tests, when it has been made. */
export function readTestPackage(): PackagedApp | undefined {
  try {
    return (JSON.parse(readFileSync(stampFile(testPackageFolder()), 'utf8')) as { app: PackagedApp }).app;
  } catch {
    return undefined;
  }
}

/** Makes the package for the tests unless it stands there, made of the same parts. True when it was made. */
export async function packageForTests(): Promise<boolean> {
  const output = testPackageFolder();
  const stamp = stampFile(output);
  const parts = sha256(
    ['out/build.json', 'out/runtime.json', 'electron-builder.yml', 'package-lock.json']
      .map((file) => readFileSync(path.join(projectRoot, file), 'utf8'))
      .join('\n'),
  );
  const there = readTestPackage();
  if (there && existsSync(there.executable) && readFileSync(stamp, 'utf8').includes(parts)) return false;
  const app = await packageApp({ output, inspectable: true });
  writeFileSync(stamp, JSON.stringify({ parts, app }));
  return true;
}

export async function packageApp(options: PackageOptions): Promise<PackagedApp> {
  const runtime = readCheckout()?.runtime;
  if (!runtime)
    throw new SetupError('Electron has not been set up here', 'run npm start once, then again this');
  if (options.installers && runtime.source !== 'official') {
    throw new SetupError(
      `installers are made around the official Electron binary only, and this is ${runtime.source}`,
      'run this on a machine that reaches the official binary (npm start -- --retry-electron)',
    );
  }
  if (lstatSync(path.join(projectRoot, 'node_modules')).isSymbolicLink()) {
    throw new SetupError(
      'node_modules is a link to another checkout, from which electron-builder would leave half of the packages out',
      'package from a checkout with packages of its own (git clone, then npm run package)',
    );
  }
  rmSync(options.output, { recursive: true, force: true });
  mkdirSync(options.output, { recursive: true });
  const result = await runNode(builderArguments(options, runtime), {
    name: options.inspectable ? 'package-for-tests' : 'package',
    minutes: 8,
  });
  if (!result.ok) {
    throw new SetupError(
      `electron-builder did not finish:\n${result.output.trim().split('\n').slice(-15).join('\n')}`,
      'the whole output is in out/test/package.log',
    );
  }
  return finish(options.output);
}

function builderArguments(options: PackageOptions, runtime: Runtime): string[] {
  const system = { linux: '--linux', darwin: '--mac', win32: '--win' }[process.platform as 'linux'];
  return [
    packageFile('electron-builder', 'cli.js'),
    system,
    ...(options.installers ? [] : ['dir']),
    '--publish=never',
    `-c.electronDist=${runtime.folder}`,
    `-c.electronVersion=${runtime.version}`,
    `-c.directories.output=${options.output}`,
    ...(options.inspectable ? ['-c.electronFuses.enableNodeCliInspectArguments=true'] : []),
  ];
}

function finish(output: string): PackagedApp {
  const [folder, executable] = {
    linux: ['linux-unpacked', 'medspan'],
    darwin: [process.arch === 'arm64' ? 'mac-arm64' : 'mac', 'Medspan.app/Contents/MacOS/Medspan'],
    win32: ['win-unpacked', 'Medspan.exe'],
  }[process.platform as 'linux'] as [string, string];
  const place = path.join(output, folder);
  const file = path.join(place, executable);
  const user = unprivilegedUser();
  if (!user) return { executable: file, executablePath: file, folder: place };
  const helper = path.join(place, 'chrome-sandbox');
  chownSync(helper, 0, 0);
  chmodSync(helper, 0o4755);
  const wrapper = path.join(output, 'run-medspan');
  writeWrapper(user, file, wrapper);
  return { executable: file, executablePath: wrapper, folder: place };
}

function stampFile(output: string): string {
  return path.join(output, 'package.json');
}
