import { MedspanError } from '../../../workers/api/errors.ts';
import type { Protection } from '../../../workers/api/workspace.ts';
import { call } from '../../engine-client/engine.ts';
import { holdRecoveryKey } from '../workspace/recovery-key.ts';

export interface NewWorkspace {
  readonly path: string;
  readonly protection: Protection;
  readonly passphrase: string;
  readonly repeated: string;
}

/** Characters that one of the three systems forbids in a file name. */
const forbidden = /[\\/:*?"<>|]/;

/** Why a name cannot be a file's, or null. */
export function nameProblem(name: string): string | null {
  const trimmed = name.trim();
  if (trimmed === '') return 'Give the workspace a name.';
  if (forbidden.test(trimmed)) return 'A name cannot hold \\ / : * ? " < > |.';
  if (trimmed.startsWith('.') || trimmed.length > 120)
    return 'A name has at most 120 characters and begins with no dot.';
  return null;
}

export function pathIn(folder: string, name: string): string {
  const separator = folder.includes('\\') && !folder.includes('/') ? '\\' : '/';
  return `${folder.replace(/[\\/]+$/, '')}${separator}${name.trim()}.medspan`;
}

/** What stands in the way of the passphrase, or null. */
export function passphraseProblem({ protection, passphrase, repeated }: NewWorkspace): string | null {
  if (protection !== 'passphrase') return null;
  if ([...passphrase].length < 8) return 'A passphrase has at least 8 characters; four words are better.';
  return passphrase === repeated ? null : 'The two passphrases differ.';
}

/** Makes and opens the workspace; its recovery key, if there is one, waits to be shown. */
export async function createWorkspace(wanted: NewWorkspace): Promise<void> {
  const key = wanted.protection === 'keychain' ? await keychainKey(wanted.path) : null;
  const { workspace, recoveryKey } = await call('workspace.create', {
    path: wanted.path,
    protection: wanted.protection,
    ...(wanted.protection === 'passphrase' ? { passphrase: wanted.passphrase } : {}),
    ...(key === null ? {} : { key }),
  });
  if (recoveryKey !== null) holdRecoveryKey({ workspace: workspace.name, key: recoveryKey });
}

async function keychainKey(path: string): Promise<string> {
  const answer = await window.medspan.createKeychainKey(path);
  if (!answer.ok) throw new MedspanError('NOT_ALLOWED', answer.reason);
  return answer.key;
}
