/**
 * Each checkout has its own light copy of the shared runtime: hard links, and a resources folder of its own
 * that leads to this project. So several checkouts can share one cache without knowing of each other.
 */
import {
  chmodSync,
  chownSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import type { Runtime } from './electron-runtime.ts';
import { linkOrCopy, mirror } from './mirror.ts';
import { cacheFolder, cachePath, projectRoot, sha256 } from './places.mjs';
import { SetupError } from './steps.mjs';
import { barrier, unprivilegedUser, writeWrapper } from './unprivileged.ts';

/** What is needed to start Electron on this project; kept in `out/runtime.json`. */
export interface Checkout {
  readonly runtime: Runtime;
  /** What to execute: Electron, or the script that starts it as the unprivileged user. */
  readonly executablePath: string;
  /** What to pass before any argument of ours: the app's folder, where the runtime does not hold it. */
  readonly leadingArguments: readonly string[];
  /** The app's folder inside the runtime's copy, where there is one. */
  readonly app?: string;
}

const record = path.join(projectRoot, 'out', 'runtime.json');
const complete = 'checkout.json';

/** The checkout as the last set-up left it. */
export function readCheckout(): Checkout | undefined {
  try {
    const checkout = JSON.parse(readFileSync(record, 'utf8')) as Checkout;
    return existsSync(checkout.executablePath) ? checkout : undefined;
  } catch {
    return undefined;
  }
}

/** Makes this checkout's copy of the runtime when it is missing. True when there was something to do. */
export async function prepareCheckout(runtime: Runtime): Promise<boolean> {
  if (process.platform !== 'linux') {
    return writeRecord({ runtime, executablePath: runtime.executable, leadingArguments: [projectRoot] });
  }
  const user = unprivilegedUser();
  const closed = user && barrier(cachePath());
  if (closed) {
    throw new SetupError(
      `the cache folder ${cacheFolder()} cannot be read by the user ${user.name} that Electron runs as (${closed} is closed)`,
      'set MEDSPAN_CACHE to a folder that every user may read, or run as an ordinary user',
    );
  }
  const folder = path.join(cachePath('checkouts'), `${sha256(projectRoot).slice(0, 12)}-${runtime.id}`);
  const executable = path.join(folder, path.basename(runtime.executable));
  const checkout: Checkout = {
    runtime,
    executablePath: user ? path.join(folder, 'run-electron') : executable,
    leadingArguments: [],
    app: path.join(folder, 'resources', 'app'),
  };
  const made = !existsSync(path.join(folder, complete));
  if (made) {
    forgetLostCheckouts();
    copyRuntime(runtime, folder);
    if (user) {
      const helper = path.join(folder, 'chrome-sandbox');
      chownSync(helper, 0, 0);
      chmodSync(helper, 0o4755);
      writeWrapper(user, executable, checkout.executablePath);
    }
    writeFileSync(path.join(folder, complete), JSON.stringify({ project: projectRoot }));
  }
  return writeRecord(checkout) || made;
}

function copyRuntime(runtime: Runtime, folder: string): void {
  const unfinished = `${folder}.${process.pid}`;
  rmSync(unfinished, { recursive: true, force: true });
  mirror(runtime.folder, unfinished, (name) => name !== path.join('resources', 'app'));
  mkdirSync(path.join(unfinished, 'resources'), { recursive: true });
  rmSync(folder, { recursive: true, force: true });
  renameSync(unfinished, folder);
}

function writeRecord(checkout: Checkout): boolean {
  const text = `${JSON.stringify(checkout, undefined, 2)}\n`;
  if (existsSync(record) && readFileSync(record, 'utf8') === text) return false;
  mkdirSync(path.dirname(record), { recursive: true });
  writeFileSync(record, text);
  return true;
}

/** Copies whose project is gone are of no use to anybody. */
function forgetLostCheckouts(): void {
  const all = cachePath('checkouts');
  for (const name of readdirSync(all)) {
    try {
      const { project } = JSON.parse(readFileSync(path.join(all, name, complete), 'utf8')) as {
        project: string;
      };
      if (!existsSync(project)) rmSync(path.join(all, name), { recursive: true, force: true });
    } catch {
      // Somebody is just making this one.
    }
  }
}

/**
 * Puts the app where the runtime looks for it. Usually a link to the project; where the user that Electron
 * runs as cannot read the project (a clone in root's home), a copy of what the app consists of.
 */
export function placeApp(checkout: Checkout, version: string): boolean {
  if (!checkout.app) return false;
  const closed =
    unprivilegedUser() && (barrier(projectRoot) ?? barrier(path.join(projectRoot, 'package.json')));
  if (!closed) return linkApp(checkout.app);
  const stamp = `${checkout.app}.version`;
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === version) return false;
  copyApp(checkout.app);
  writeFileSync(stamp, version);
  return true;
}

function linkApp(app: string): boolean {
  const there = lstatSync(app, { throwIfNoEntry: false });
  if (there?.isSymbolicLink() && readlinkSync(app) === projectRoot) return false;
  rmSync(app, { recursive: true, force: true });
  symlinkSync(projectRoot, app, 'dir');
  return true;
}

function copyApp(app: string): void {
  rmSync(app, { recursive: true, force: true });
  mkdirSync(app, { recursive: true });
  linkOrCopy(path.join(projectRoot, 'package.json'), path.join(app, 'package.json'));
  for (const folder of ['out', 'resources']) {
    const from = path.join(projectRoot, folder);
    if (existsSync(from))
      mirror(from, path.join(app, folder), (name) => !/^(types|tour|runtime\.json)/.test(name));
  }
  for (const name of productPackages()) {
    mirror(path.join(projectRoot, name), path.join(app, name));
  }
}

/** The packages that the product needs when it runs, as the lockfile has them; development packages are left out. */
export function productPackages(root = projectRoot): string[] {
  const lock = JSON.parse(readFileSync(path.join(root, 'package-lock.json'), 'utf8')) as {
    packages: Record<string, { dev?: boolean; devOptional?: boolean; optional?: boolean; link?: boolean }>;
  };
  return (
    Object.entries(lock.packages)
      .filter(([place, entry]) => place !== '' && !entry.dev && !entry.devOptional && !entry.optional)
      .map(([place]) => place)
      .filter((place) => existsSync(path.join(root, place)))
      // A package nested in another comes along with it.
      .filter((place) => place.lastIndexOf('node_modules/') === 0)
  );
}
