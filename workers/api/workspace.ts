import { z } from 'zod';
import { filePath } from './common.ts';
import type { ErrorEnvelope } from './errors.ts';
import { method } from './method.ts';

/** How a workspace is encrypted at rest, if it is. */
export type Protection = 'none' | 'passphrase' | 'keychain';

export interface WorkspaceInfo {
  readonly path: string;
  readonly name: string;
  /** Migration that the file stands at. */
  readonly schemaVersion: number;
  readonly protection: Protection;
  readonly readOnly: boolean;
  readonly bytes: number;
  readonly lastSavedAt: number | null;
  readonly profile: Profile;
  /** Set when the file lies where another program may copy it under our feet (network drive, sync folder). */
  readonly locationWarning: string | null;
}

export type WorkspaceState =
  | { readonly state: 'closed' }
  | { readonly state: 'opening'; readonly path: string }
  | { readonly state: 'open'; readonly workspace: WorkspaceInfo }
  | { readonly state: 'refused'; readonly path: string; readonly error: ErrorEnvelope };

/** Who acts: a local profile beside the system user's name. */
export interface Profile {
  readonly id: number;
  readonly name: string;
}

export interface Backup {
  readonly file: string;
  readonly kind: 'recent' | 'daily' | 'before-migration';
  readonly createdAt: number;
  readonly bytes: number;
}

/** Outcome of copying what can still be read out of a damaged file. */
export interface SalvageReport {
  readonly savedTo: string;
  readonly tables: readonly { readonly table: string; readonly rows: number; readonly lost: boolean }[];
}

const passphrase = z.string().min(1).max(1024);
const keychainKey = z.string().regex(/^[0-9a-f]{64}$/);
/** One way into an encrypted workspace. */
const secrets = {
  passphrase: passphrase.optional(),
  key: keychainKey.optional(),
  recoveryKey: z.string().max(200).optional(),
};

export const workspaceMethods = {
  'workspace.state': method<WorkspaceState>()(z.object({})),
  /**
   * Makes a new workspace and opens it; the file must not exist. With a passphrase the file is encrypted and
   * the recovery key, shown once, is returned. Errors: CONFLICT, READ_ONLY, DISK_FULL.
   */
  'workspace.create': method<{ readonly workspace: WorkspaceInfo; readonly recoveryKey: string | null }>()(
    z.object({
      path: filePath,
      protection: z.enum(['none', 'passphrase', 'keychain']).default('none'),
      passphrase: passphrase.optional(),
      /** For `keychain`: the random key that the main process keeps in the system's keychain, as hex. */
      key: keychainKey.optional(),
    }),
  ),
  /**
   * Opens a workspace, after a backup where a migration is due. Errors: WORKSPACE_LOCKED, WORKSPACE_NEWER,
   * WORKSPACE_FOREIGN, WORKSPACE_DAMAGED, WORKSPACE_KEY, NOT_FOUND.
   */
  'workspace.open': method<WorkspaceInfo>()(z.object({ path: filePath, ...secrets })),
  /** Opens a copy of the shipped sample workspace, made on first use. */
  'workspace.openSample': method<WorkspaceInfo>()(z.object({ path: filePath })),
  'workspace.close': method<null>()(z.object({})),
  'workspace.backups': method<readonly Backup[]>()(z.object({ path: filePath })),
  'workspace.backupNow': method<Backup>()(z.object({})),
  /**
   * Puts a backup, read through before, in the file's place; the file that was there is kept beside it under a
   * dated name. The workspace is closed first and not opened again. Errors: NOT_FOUND, WORKSPACE_LOCKED,
   * WORKSPACE_KEY, WORKSPACE_DAMAGED, DISK_FULL.
   */
  'workspace.restore': method<{ readonly keptAs: string }>()(
    z.object({ path: filePath, backup: filePath, ...secrets }),
  ),
  /**
   * Copies what can still be read of a damaged file into a new one; the damaged file is not written. An
   * encrypted one stays encrypted, under the same key. Errors: CONFLICT, NOT_FOUND, WORKSPACE_LOCKED,
   * WORKSPACE_KEY, WORKSPACE_DAMAGED, DISK_FULL.
   */
  'workspace.salvage': method<SalvageReport>()(z.object({ path: filePath, to: filePath, ...secrets })),
  'workspace.profiles': method<readonly Profile[]>()(z.object({})),
  /** Chooses, and where it is new makes, the profile in whose name everything is recorded from now on. */
  'workspace.useProfile': method<Profile>()(z.object({ name: z.string().trim().min(1).max(80) })),
} as const;
