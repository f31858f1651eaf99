/** A display to draw on: the one there is, or an Xvfb that lives as long as we need it. */
import { spawn, type ChildProcess } from 'node:child_process';
import { findProgram } from './setup/find-program.ts';
import { SetupError } from './setup/steps.mjs';

/** Whether a window could be shown to somebody. */
export function hasDisplay(environment: NodeJS.ProcessEnv = process.env): boolean {
  if (process.platform !== 'linux') return true;
  return Boolean(environment['DISPLAY'] || environment['WAYLAND_DISPLAY']);
}

export interface Display {
  /** What to add to the environment of a program that draws. */
  readonly environment: Readonly<Record<string, string>>;
  close(): void;
}

/** The display of this session, or a virtual one of 1600 × 1000 that is closed with us. */
export async function openDisplay(): Promise<Display> {
  if (hasDisplay()) return { environment: {}, close: () => {} };
  const program = findProgram('Xvfb');
  if (!program) {
    throw new SetupError(
      'there is no display, and Xvfb is not installed',
      'run npm start once: it installs Xvfb',
    );
  }
  // -ac lets the unprivileged user draw; nothing listens beyond this machine's own socket.
  const args = ['-displayfd', '3', '-screen', '0', '1600x1000x24', '-ac', '-nolisten', 'tcp'];
  const server = spawn(program, args, { stdio: ['ignore', 'ignore', 'pipe', 'pipe'] });
  const number = await displayNumber(server);
  const close = () => void server.kill();
  process.once('exit', close);
  return { environment: { DISPLAY: `:${number}` }, close };
}

function displayNumber(server: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let complaint = '';
    let number = '';
    server.stderr?.on('data', (chunk: Buffer) => (complaint += chunk.toString()));
    server.stdio[3]?.on('data', (chunk: Buffer) => {
      number += chunk.toString();
      if (number.endsWith('\n')) resolve(number.trim());
    });
    server.on('error', reject);
    server.on('exit', (code) =>
      reject(
        new SetupError(
          `Xvfb ended with ${code} before it was ready: ${complaint.trim()}`,
          'set DISPLAY to a display that works, or look at what Xvfb says',
        ),
      ),
    );
  });
}
