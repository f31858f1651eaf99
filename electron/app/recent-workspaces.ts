import { existsSync } from 'node:fs';
import type { RecentWorkspace } from '../../workers/api/desktop.ts';
import type { SettingsFile } from './settings.ts';

const most = 12;

export function rememberWorkspace(settings: SettingsFile, path: string, openedAt: number): void {
  const others = settings.get().recent.filter((entry) => entry.path !== path);
  settings.update({ recent: [{ path, openedAt }, ...others].slice(0, most) });
}

export function forgetWorkspace(settings: SettingsFile, path: string): void {
  settings.update({ recent: settings.get().recent.filter((entry) => entry.path !== path) });
}

export function recentWorkspaces(settings: SettingsFile): readonly RecentWorkspace[] {
  return settings.get().recent.map((entry) => ({ ...entry, exists: existsSync(entry.path) }));
}
