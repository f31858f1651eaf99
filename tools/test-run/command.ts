/** Runs one program of a test run: output kept in a file, ended with its children when it takes too long. */
import { spawn } from 'node:child_process';
import { createWriteStream, mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { projectRoot } from '../setup/places.mjs';

export interface CommandOptions {
  /** Names the file under out/test that keeps the output. */
  readonly name: string;
  readonly environment?: Readonly<Record<string, string>>;
  readonly minutes?: number;
  /** Where it runs; the project unless given. */
  readonly folder?: string;
}

export interface CommandResult {
  readonly ok: boolean;
  readonly output: string;
  readonly timedOut: boolean;
}

export const resultFolder = path.join(projectRoot, 'out', 'test');

/** Runs a script of the project, or of a package in node_modules, on this very Node. */
export function runNode(args: readonly string[], options: CommandOptions): Promise<CommandResult> {
  mkdirSync(resultFolder, { recursive: true });
  const file = path.join(resultFolder, `${options.name}.log`);
  const log = createWriteStream(file);
  const ownGroup = process.platform !== 'win32';
  const child = spawn(process.execPath, args, {
    cwd: options.folder ?? projectRoot,
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: ownGroup,
    env: { ...process.env, FORCE_COLOR: '0', ...options.environment },
  });
  const end = (signal: NodeJS.Signals) => {
    if (child.exitCode !== null || child.pid === undefined) return;
    try {
      process.kill(ownGroup ? -child.pid : child.pid, signal);
    } catch {
      // It has just ended by itself.
    }
  };
  const withUs = () => end('SIGTERM');
  process.once('exit', withUs);
  let timedOut = false;
  const timer = setTimeout(
    () => {
      timedOut = true;
      end('SIGTERM');
      setTimeout(() => end('SIGKILL'), 5000).unref();
    },
    (options.minutes ?? 10) * 60_000,
  );
  child.stdout.pipe(log, { end: false });
  child.stderr.pipe(log, { end: false });
  return new Promise((resolve) => {
    const finish = (ok: boolean, more = '') => {
      clearTimeout(timer);
      process.off('exit', withUs);
      log.end(more, () => resolve({ ok: ok && !timedOut, output: readFileSync(file, 'utf8'), timedOut }));
    };
    child.on('error', (error) => finish(false, `${error.message}\n`));
    child.on('close', (code) =>
      finish(code === 0, timedOut ? `\nended after ${options.minutes ?? 10} minutes\n` : ''),
    );
  });
}
