import { spawn } from 'node:child_process';
import type { Readable } from 'node:stream';
import { Worker } from 'node:worker_threads';
import { MedspanError } from '../../api/errors.ts';
import type { PlainNode } from './plain-node.ts';

/** A program of a bundle under way. */
export interface BundleProcess {
  /** What it has written so far. */
  readonly output: () => string;
  readonly exited: Promise<number | null>;
  /** Asks it to end, gracefully where the system can. */
  stop(): void;
}

/**
 * Starts a program of a bundle in a process of its own, or, where the machine has no plain Node, in a thread of the
 * app's own Node that shares nothing with it but the process.
 */
export function startProgram(
  node: PlainNode | null,
  file: string,
  programArguments: readonly string[],
  folder: string,
): BundleProcess {
  return node === null ? inThread(file, programArguments) : inProcess(node, file, programArguments, folder);
}

function inProcess(
  node: PlainNode,
  file: string,
  programArguments: readonly string[],
  folder: string,
): BundleProcess {
  const child = spawn(node.file, [file, ...programArguments], {
    cwd: folder,
    // Nothing of the app's environment: the bundle must run by itself.
    env: { ...(process.env['SystemRoot'] === undefined ? {} : { SystemRoot: process.env['SystemRoot'] }) },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const output = collect(child.stdout, child.stderr);
  const exited = new Promise<number | null>((resolve) => {
    child.once('close', resolve);
    child.once('error', () => resolve(null));
  });
  return { output, exited, stop: () => void child.kill('SIGTERM') };
}

function inThread(file: string, programArguments: readonly string[]): BundleProcess {
  const worker = new Worker(file, {
    argv: [...programArguments],
    env: {},
    execArgv: [],
    stdout: true,
    stderr: true,
  });
  const output = collect(worker.stdout, worker.stderr);
  const exited = new Promise<number | null>((resolve) => {
    worker.once('exit', resolve);
    worker.once('error', () => resolve(null));
  });
  return { output, exited, stop: () => void worker.terminate() };
}

function collect(...streams: readonly Readable[]): () => string {
  let text = '';
  for (const stream of streams) {
    stream.setEncoding('utf8');
    stream.on('data', (chunk: string) => {
      if (text.length < 20_000) text += chunk;
    });
  }
  return () => text;
}

/** Waits until the server says where it listens. Errors: BAD_MODEL with what the server said instead. */
export async function listeningAt(program: BundleProcess, timeoutMs = 20_000): Promise<URL> {
  const ends = performance.now() + timeoutMs;
  let exitCode: number | null | undefined;
  void program.exited.then((code) => {
    exitCode = code;
  });
  for (;;) {
    const address = /^Serving .* at (http:\S+)$/m.exec(program.output())?.[1];
    if (address !== undefined) return new URL(address);
    if (exitCode !== undefined || performance.now() > ends) {
      program.stop();
      throw new MedspanError('BAD_MODEL', `The bundle's server did not start: ${lastLine(program.output())}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

export function lastLine(output: string): string {
  return output.trim().split('\n').at(-1)?.slice(0, 300) || 'it said nothing.';
}
