/** Starts the real app on whatever runtime the set-up chose: for `npm start`, the end-to-end tests and the tour. */
import { mkdirSync, mkdtempSync, rmSync, statfsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { ElectronApplication } from 'playwright';
import { openDisplay, type Display } from './display.ts';
import { readCheckout, type Checkout } from './setup/checkout.ts';
import { describeRuntime } from './setup/electron-runtime.ts';
import { giveToApp } from './setup/unprivileged.ts';

export interface ResolvedElectron {
  /** What to execute; as root a script that starts Electron as an unprivileged user. */
  readonly executablePath: string;
  /** What goes before any argument of ours. */
  readonly leadingArguments: readonly string[];
  /** The Node-API version that native packages find there. */
  readonly napi: number;
  readonly version: string;
  /** One line that says which runtime this is. */
  readonly source: string;
}

/** The runtime that the last set-up chose for this checkout. */
export function resolveElectron(checkout: Checkout | undefined = readCheckout()): ResolvedElectron {
  if (!checkout) throw new Error('Electron has not been set up here: run npm start or npm test first');
  return {
    executablePath: checkout.executablePath,
    leadingArguments: checkout.leadingArguments,
    napi: checkout.runtime.napi,
    version: checkout.runtime.version,
    source: describeRuntime(checkout.runtime),
  };
}

export interface LaunchOptions {
  /** Where the app keeps its settings; a fresh folder unless given. */
  readonly userData?: string;
  /** The workspace file to open. */
  readonly workspace?: string;
  /** More arguments for the app. */
  readonly args?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  /** Another executable than the set-up's, such as a packaged app. */
  readonly executablePath?: string;
  readonly timeout?: number;
}

export interface LaunchedApp {
  readonly app: ElectronApplication;
  readonly userData: string;
  /** Ends the app and its display, and removes the user-data folder if it was made here. */
  close(): Promise<void>;
}

/** Launches the app for Playwright, with Chromium's sandbox on. */
export async function launchApp(options: LaunchOptions = {}): Promise<LaunchedApp> {
  const display = await openDisplay();
  const userData = options.userData ?? appFolder('user-data');
  try {
    const electron = options.executablePath ? undefined : resolveElectron();
    // Loaded here, because opening the app for a person needs nothing of it.
    const { _electron } = await import('playwright');
    const app = await _electron.launch({
      executablePath: options.executablePath ?? electron?.executablePath ?? '',
      chromiumSandbox: true,
      args: [...(electron?.leadingArguments ?? []), ...appArguments({ ...options, userData })],
      env: appEnvironment(display, options.environment),
      timeout: options.timeout ?? 30_000,
    });
    return { app, userData, close: () => closeAll(app, display, options.userData ? undefined : userData) };
  } catch (error) {
    display.close();
    throw error;
  }
}

/** The arguments that the app understands, and those that this machine makes necessary. */
export function appArguments(options: Pick<LaunchOptions, 'userData' | 'workspace' | 'args'>): string[] {
  return [
    ...(sharedMemoryIsSmall() ? ['--disable-dev-shm-usage'] : []),
    ...(options.workspace ? ['--workspace', options.workspace] : []),
    ...(options.userData ? ['--user-data', options.userData] : []),
    ...(options.args ?? []),
  ];
}

/** An environment of plain strings, without what would change how Electron starts. */
export function appEnvironment(
  display: Pick<Display, 'environment'>,
  extra: Readonly<Record<string, string>> = {},
): Record<string, string> {
  const environment: Record<string, string> = {};
  for (const [key, value] of Object.entries(process.env)) {
    if (value !== undefined && !/^(ELECTRON_RUN_AS_NODE|NODE_OPTIONS|npm_.*)$/.test(key))
      environment[key] = value;
  }
  return { ...environment, ...display.environment, ...extra };
}

/** A new folder that the app may write, also when it runs as another user than we do. */
export function appFolder(name: string): string {
  const folder = mkdtempSync(path.join(tmpdir(), `medspan-${name}-`));
  mkdirSync(folder, { recursive: true });
  giveToApp(folder);
  return folder;
}

async function closeAll(
  app: ElectronApplication,
  display: Display,
  remove: string | undefined,
): Promise<void> {
  try {
    await app.close();
  } finally {
    display.close();
    if (remove) rmSync(remove, { recursive: true, force: true, maxRetries: 3 });
  }
}

/** Containers often give Chromium 64 MB of shared memory, which it outgrows. */
function sharedMemoryIsSmall(): boolean {
  if (process.platform !== 'linux') return false;
  try {
    const { bsize, blocks } = statfsSync('/dev/shm');
    return bsize * blocks < 256 * 1024 * 1024;
  } catch {
    return true;
  }
}
