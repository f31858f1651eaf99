import { MedspanError } from '../api/errors.ts';
import type { ReadableDatabase, WritableDatabase } from './connection.ts';
import type { Migration } from './migrations/migration.ts';
import { migrations as shipped } from './migrations/index.ts';

/** The migration at which a file stands; 0 is a file without tables. */
export function schemaVersion(db: ReadableDatabase): number {
  return db.pragma('user_version', { simple: true }) as number;
}

/** The newest migration that this Medspan knows. */
export function newestVersion(migrations: readonly Migration[] = shipped): number {
  return migrations.at(-1)?.version ?? 0;
}

/** Refuses a file that a newer Medspan has written, before anything in it is touched. */
export function refuseNewer(
  db: ReadableDatabase,
  path: string,
  migrations: readonly Migration[] = shipped,
): void {
  const found = schemaVersion(db);
  const known = newestVersion(migrations);
  if (found > known) {
    throw new MedspanError(
      'WORKSPACE_NEWER',
      `“${path}” was written by a newer Medspan: it needs one that knows workspace version ${String(found)}, this one knows ${String(known)}. Update Medspan; the file was not changed.`,
      { path, fileVersion: found, knownVersion: known },
    );
  }
}

/**
 * Brings the file to the newest version, each step in a transaction of its own that also sets `user_version`, so
 * that a crash leaves the file at a version that exists. Returns the steps that were taken.
 */
export function migrate(
  db: WritableDatabase,
  path: string,
  migrations: readonly Migration[] = shipped,
): readonly Migration[] {
  refuseNewer(db, path, migrations);
  const found = schemaVersion(db);
  const due = migrations.filter((step) => step.version > found);
  for (const step of due) {
    db.transaction(() => {
      step.up(db);
      const broken = db.pragma('foreign_key_check') as readonly unknown[];
      if (broken.length > 0) {
        throw new MedspanError(
          'WORKSPACE_DAMAGED',
          `Migration ${String(step.version)} (${step.name}) found ${String(broken.length)} broken references in “${path}”. The file stays at version ${String(schemaVersion(db))}; restore a backup or salvage it.`,
          { path, version: step.version },
        );
      }
      db.pragma(`user_version = ${String(step.version)}`);
    }).immediate();
  }
  return due;
}
