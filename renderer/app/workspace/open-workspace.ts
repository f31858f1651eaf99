import { MedspanError } from '../../../workers/api/errors.ts';
import type { WorkspaceInfo } from '../../../workers/api/workspace.ts';
import { call } from '../../engine-client/engine.ts';
import { chooseFiles } from '../../ui/files.ts';

export const workspaceFilter = { name: 'Medspan workspace', extensions: ['medspan'] } as const;

/**
 * Opens a file. One that asks for a key is tried once with the key that this machine's keychain holds for it; if that
 * does not do, the refusal stands and the start screen asks for the passphrase.
 */
export async function openWorkspace(path: string): Promise<WorkspaceInfo> {
  try {
    return await call('workspace.open', { path });
  } catch (error) {
    if (!(error instanceof MedspanError) || error.code !== 'WORKSPACE_KEY') throw error;
    const kept = await window.medspan.keychainKey(path);
    if (!kept.ok) throw error;
    return call('workspace.open', { path, key: kept.key });
  }
}

/** Lets the person point at a file and opens it; null if they thought better of it. */
export async function chooseAndOpen(): Promise<WorkspaceInfo | null> {
  const [path] = await chooseFiles({ title: 'Open workspace', filters: [workspaceFilter] });
  return path === undefined ? null : openWorkspace(path);
}

export async function openSample(): Promise<WorkspaceInfo> {
  const { sample } = await window.medspan.defaultPaths();
  return call('workspace.openSample', { path: sample });
}
