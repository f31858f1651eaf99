import { MedspanError } from '../../../workers/api/errors.ts';
import { call } from '../../engine-client/engine.ts';
import { holdRecoveryKey } from '../workspace/recovery-key.ts';
import type { NewWorkspace } from './new-workspace-rules.ts';

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
