import type { BrowserWindow, Rectangle } from 'electron';
import { screen } from 'electron';
import { isReachable } from './reachable.ts';
import type { SettingsFile } from './settings.ts';

const preferred = { width: 1440, height: 900 };

/** The bounds of the last session if they still lie on a screen of today, else a size that fits this one. */
export function initialBounds(
  settings: SettingsFile,
): Partial<Rectangle> & { readonly width: number; readonly height: number } {
  const kept = settings.get().window;
  if (kept !== null && screen.getAllDisplays().some(({ workArea }) => isReachable(workArea, kept)))
    return kept;
  const { width, height } = screen.getPrimaryDisplay().workAreaSize;
  return { width: Math.min(preferred.width, width), height: Math.min(preferred.height, height) };
}

export function keepBounds(window: BrowserWindow, settings: SettingsFile): void {
  window.on('close', () => {
    settings.update({ window: { ...window.getNormalBounds(), maximized: window.isMaximized() } });
  });
}
