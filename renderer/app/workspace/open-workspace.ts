import type { WorkspaceInfo } from '../../../workers/api/workspace.ts';
import { call } from '../../engine-client/engine.ts';
import { chooseFiles } from '../../ui/files.ts';
import { noSecret, withSecrets } from './secrets.ts';

export const workspaceFilter = { name: 'Medspan workspace', extensions: ['medspan'] } as const;

/** Opens a file. One that stays locked is a refusal, and the start screen asks for its passphrase. */
export function openWorkspace(path: string): Promise<WorkspaceInfo> {
  return withSecrets(path, noSecret, (secrets) => call('workspace.open', { path, ...secrets }));
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
