import { closeSync, fstatSync, mkdirSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import pino from 'pino';
import type { Log } from './context.ts';
import { createLog } from './log.ts';

export interface LogFileOptions {
  readonly folder: string;
  readonly name: string;
  readonly maximumBytes?: number;
  /** Older files that stay beside the current one. */
  readonly kept?: number;
}

/** A log in JSON lines that begins a new file when one is full. It never fails: without a log the app goes on. */
export function openLogFile(options: LogFileOptions): Log {
  const logger = pino({ base: null, timestamp: pino.stdTimeFunctions.isoTime }, rotatingFile(options));
  return createLog((level, event, facts) => logger[level]({ event, ...facts }));
}

function rotatingFile({ folder, name, maximumBytes = 5 * 1024 * 1024, kept = 3 }: LogFileOptions): {
  write(line: string): void;
} {
  const path = (number: number): string =>
    join(folder, number === 0 ? `${name}.log` : `${name}.${String(number)}.log`);
  let file: number | null = null;
  let bytes = 0;

  function openFile(): number {
    mkdirSync(folder, { recursive: true });
    const opened = openSync(path(0), 'a', 0o600);
    bytes = fstatSync(opened).size;
    return opened;
  }

  function rotate(opened: number): number {
    closeSync(opened);
    rmSync(path(kept), { force: true });
    for (let number = kept - 1; number >= 0; number -= 1) {
      try {
        renameSync(path(number), path(number + 1));
      } catch {
        // There were fewer files so far.
      }
    }
    return openFile();
  }

  return {
    write(line) {
      try {
        file ??= openFile();
        if (bytes > 0 && bytes + line.length > maximumBytes) file = rotate(file);
        bytes += writeSync(file, line);
      } catch {
        file = null;
      }
    },
  };
}
