import type { Session } from 'electron';
import { BrowserWindow, nativeTheme } from 'electron';
import { appOrigin } from '../security/app-url.ts';
import type { AppPaths } from './paths.ts';
import type { SettingsFile } from './settings.ts';
import { initialBounds, keepBounds } from './window-bounds.ts';

export function openMainWindow(
  paths: AppPaths,
  settings: SettingsFile,
  session: Session,
  developerTools: boolean,
): BrowserWindow {
  const window = new BrowserWindow({
    ...initialBounds(settings),
    minWidth: 960,
    minHeight: 600,
    show: false,
    title: 'Medspan',
    autoHideMenuBar: true,
    backgroundColor: nativeTheme.shouldUseDarkColors ? '#1c2127' : '#f6f7f9',
    webPreferences: {
      session,
      preload: paths.preload,
      spellcheck: false,
      devTools: developerTools,
      navigateOnDragDrop: false,
    },
  });
  if (settings.get().window?.maximized === true) window.maximize();
  keepBounds(window, settings);
  window.once('ready-to-show', () => window.show());
  void window.loadURL(`${appOrigin}/index.html`);
  return window;
}
