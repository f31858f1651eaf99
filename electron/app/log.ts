import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import pino from 'pino';

/** The main process's log: what started, what ended, how long it took. It never sees a note, so it cannot log one. */
export function openLog(folder: string): pino.Logger {
  mkdirSync(folder, { recursive: true });
  return pino({ base: null }, pino.destination({ dest: join(folder, 'main.log'), sync: true }));
}
