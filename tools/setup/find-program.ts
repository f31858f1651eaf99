import { existsSync } from 'node:fs';
import path from 'node:path';

/** Looks a program up as a shell would, also where administrators keep theirs. */
export function findProgram(name: string): string | undefined {
  const folders = [
    ...(process.env['PATH'] ?? '').split(path.delimiter),
    '/usr/bin',
    '/usr/sbin',
    '/sbin',
    '/bin',
  ];
  return folders.map((folder) => path.join(folder, name)).find((file) => existsSync(file));
}
