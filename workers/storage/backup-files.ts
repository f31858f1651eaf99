import { existsSync, readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Backup } from '../api/workspace.ts';
import { workspaceFiles } from './workspace-files.ts';

type Kind = Backup['kind'];

/** How many of each kind stay. */
const kept: Readonly<Record<Kind, number>> = { recent: 5, daily: 7, 'before-migration': 3 };

const pattern =
  /^(\d{4}-\d{2}-\d{2}) (\d{2})\.(\d{2})\.(\d{2})\.(\d{3}) (recent|daily|before-migration)\.medspan$/;

export function backupFileName(kind: Kind, at: number): string {
  return `${new Date(at).toISOString().slice(0, 23).replace('T', ' ').replaceAll(':', '.')} ${kind}.medspan`;
}

/** The backups of a workspace, newest first. Other files in the folder are left alone. */
export function listBackups(path: string): readonly Backup[] {
  const folder = workspaceFiles(path).backups;
  if (!existsSync(folder)) return [];
  const found: Backup[] = [];
  for (const name of readdirSync(folder)) {
    const match = pattern.exec(name);
    if (match === null) continue;
    const [, day, hour, minute, second, fraction, kind] = match;
    const file = join(folder, name);
    found.push({
      file,
      kind: kind as Kind,
      createdAt: Date.parse(`${day ?? ''}T${hour ?? ''}:${minute ?? ''}:${second ?? ''}.${fraction ?? ''}Z`),
      bytes: statSync(file).size,
    });
  }
  return found.toSorted((one, other) => other.createdAt - one.createdAt || (one.file < other.file ? 1 : -1));
}

/** Removes what is older than the rotation keeps, and what an interrupted backup left behind. */
export function rotateBackups(path: string): void {
  const seen: Record<Kind, number> = { recent: 0, daily: 0, 'before-migration': 0 };
  for (const backup of listBackups(path)) {
    seen[backup.kind] += 1;
    if (seen[backup.kind] > kept[backup.kind]) rmSync(backup.file, { force: true });
  }
}
