import { existsSync } from 'node:fs';
import { MedspanError } from '../api/errors.ts';
import type { workspaceMethods } from '../api/workspace.ts';
import { listBackups } from '../storage/backup-files.ts';
import { readFileHeader } from '../storage/file-header.ts';
import { acquireLock } from '../storage/lock.ts';
import { refuseNewer } from '../storage/migrate.ts';
import { openReader } from '../storage/connection.ts';
import { putBackInPlace } from '../storage/restore.ts';
import { salvage } from '../storage/salvage.ts';
import type { Handlers } from './context.ts';
import type { FillSample } from './engine-options.ts';
import { createWorkspaceFile, keyOf, realPath } from './open-workspace.ts';
import type { OpenWorkspace, WorkspaceHost } from './workspace-host.ts';

export function createWorkspaceHandlers(
  host: WorkspaceHost,
  fillSample: FillSample,
): Handlers<typeof workspaceMethods> {
  const { helpers, now } = host;

  function needOpen(): OpenWorkspace {
    const open = host.current();
    if (open === null) {
      throw new MedspanError('NO_WORKSPACE', 'No workspace is open. Open or create one first.');
    }
    return open;
  }

  async function letGo(path: string): Promise<void> {
    if (host.current()?.file.path === path) await host.close();
  }

  return {
    'workspace.state': () => host.state(),

    'workspace.create': (input) =>
      host.inTurn(async () => {
        const path = realPath(input.path);
        const issued = createWorkspaceFile(path, secretOf(input), { now, attach: null, helpers });
        const workspace = await host.open(path, input);
        return { workspace, recoveryKey: issued?.recoveryKey ?? null };
      }),

    'workspace.open': ({ path, ...secrets }) => host.inTurn(() => host.open(path, secrets)),

    'workspace.openSample': (input) =>
      host.inTurn(async () => {
        const path = realPath(input.path);
        if (!existsSync(path)) createWorkspaceFile(path, null, { now, attach: null, helpers });
        await host.open(path, {});
        // Also where an earlier filling was interrupted: it goes on where it stopped, or does nothing.
        await fillSample(needOpen().session);
        const current = host.state();
        if (current.state !== 'open')
          throw new MedspanError('NO_WORKSPACE', 'The sample was closed meanwhile.');
        return current.workspace;
      }),

    'workspace.close': () =>
      host.inTurn(async () => {
        await host.close();
        return null;
      }),

    'workspace.backups': ({ path }) => listBackups(realPath(path)),
    'workspace.backupNow': () => needOpen().backups.now(),

    'workspace.restore': (input) =>
      host.inTurn(async () => {
        const path = realPath(input.path);
        const backup = realPath(input.backup);
        const open = host.current();
        const key = open?.file.path === path ? open.file.key : keyOfBackup(path, backup, input);
        // First the backup is read through; only then the workspace is touched.
        await helpers.checkFile(backup, key);
        const reader = openReader(backup, { key });
        try {
          refuseNewer(reader, backup);
        } finally {
          reader.close();
        }
        await letGo(path);
        const lock = acquireLock(path, now());
        try {
          return putBackInPlace(path, backup, key !== null, now());
        } finally {
          lock.release();
        }
      }),

    'workspace.salvage': (input) =>
      host.inTurn(async () => {
        const path = realPath(input.path);
        if (!existsSync(path)) {
          throw new MedspanError('NOT_FOUND', `There is no file “${path}”. Choose the damaged workspace.`, {
            path,
          });
        }
        const open = host.current();
        const key = open?.file.path === path ? open.file.key : keyOf(path, input).key;
        await letGo(path);
        const lock = acquireLock(path, now());
        try {
          const backups = listBackups(path).map((backup) => backup.file);
          return salvage(path, realPath(input.to), key, backups);
        } finally {
          lock.release();
        }
      }),

    'workspace.profiles': () => needOpen().profiles.list(),
    'workspace.useProfile'({ name }) {
      const profile = needOpen().profiles.use(name);
      host.refresh();
      return profile;
    },
  };
}

/** A damaged workspace may not say any more whether it was encrypted; its backup does. */
function keyOfBackup(path: string, backup: string, secrets: Parameters<typeof keyOf>[1]): string | null {
  if (!existsSync(backup)) {
    throw new MedspanError('NOT_FOUND', `There is no backup “${backup}”. Choose another.`, { path: backup });
  }
  return readFileHeader(backup).plainDatabase ? null : keyOf(path, secrets).key;
}

function secretOf(input: {
  readonly path: string;
  readonly protection: 'none' | 'passphrase' | 'keychain';
  readonly passphrase?: string | undefined;
  readonly key?: string | undefined;
}): { readonly passphrase: string } | { readonly key: string } | null {
  if (input.protection === 'none') return null;
  if (input.protection === 'passphrase' && input.passphrase !== undefined)
    return { passphrase: input.passphrase };
  if (input.protection === 'keychain' && input.key !== undefined) return { key: input.key };
  throw new MedspanError(
    'BAD_INPUT',
    input.protection === 'passphrase'
      ? 'An encrypted workspace needs a passphrase. Enter one, or choose the keychain.'
      : 'The keychain gave no key. Choose a passphrase instead.',
  );
}
