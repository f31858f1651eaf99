/**
 * A fingerprint of the files that the app is built from. Contents count, not times; files whose size and
 * time are as before are not read again, so that looking costs a few milliseconds.
 */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { sha256 } from './places.mjs';

/** What is remembered of each file: size, time of change, hash. */
export type FileRecords = Record<string, readonly [size: number, changed: number, hash: string]>;

export interface Fingerprint {
  readonly hash: string;
  readonly records: FileRecords;
}

/** `parts` are files and folders under `root`; those that are missing are passed over. */
export function fingerprint(
  root: string,
  parts: readonly string[],
  before: FileRecords = {},
  counts: (file: string) => boolean = isSource,
): Fingerprint {
  const records: FileRecords = {};
  const look = (relative: string) => {
    const file = path.join(root, relative);
    const stat = statSync(file, { throwIfNoEntry: false });
    if (!stat) return;
    if (stat.isDirectory()) {
      for (const name of readdirSync(file).sort()) {
        if (name !== 'node_modules' && !name.startsWith('.')) look(path.join(relative, name));
      }
    } else if (counts(relative)) {
      const known = before[relative];
      const same = known && known[0] === stat.size && known[1] === stat.mtimeMs;
      records[relative] = [stat.size, stat.mtimeMs, same ? known[2] : sha256(readFileSync(file))];
    }
  };
  for (const part of parts) look(part);
  const lines = Object.entries(records).map(([file, [, , hash]]) => `${hash} ${file}`);
  return { hash: sha256(lines.join('\n')), records };
}

/** Tests and notes do not end up in the app. */
export function isSource(file: string): boolean {
  return !/\.(test|spec|bench|long)\.tsx?$|\.md$|\.tsbuildinfo$/.test(file);
}
