import type { BrowserWindow } from 'electron';
import { app, dialog } from 'electron';
import type pino from 'pino';
import { RestartBudget } from './restart-budget.ts';
import type { SettingsFile } from './settings.ts';

/** What happens when the window's or the graphics process dies: go on where it is safe, else ask. */
export function handleFaults(window: BrowserWindow, settings: SettingsFile, log: pino.Logger): void {
  const reloads = new RestartBudget(3, 60_000);
  window.webContents.on('render-process-gone', (_event, details) => {
    if (details.reason === 'clean-exit') return;
    log.error({ reason: details.reason, exitCode: details.exitCode }, 'window process ended');
    if (reloads.take(Date.now())) window.webContents.reload();
    else void askToReload(window);
  });
  window.on('unresponsive', () => log.warn('window unresponsive'));
  app.on('child-process-gone', (_event, details) => {
    if (details.reason === 'clean-exit') return;
    log.error(
      { type: details.type, reason: details.reason, exitCode: details.exitCode },
      'child process ended',
    );
    if (details.type === 'GPU') settings.update({ withoutGpu: true });
  });
}

async function askToReload(window: BrowserWindow): Promise<void> {
  const { response } = await dialog.showMessageBox(window, {
    type: 'warning',
    message: 'The window stopped several times.',
    detail: 'Everything shown as saved is saved. Load the window again, or quit and look at the log.',
    buttons: ['Load again', 'Quit'],
    defaultId: 0,
  });
  if (response === 0) window.webContents.reload();
  else app.quit();
}
