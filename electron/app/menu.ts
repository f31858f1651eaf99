import type { MenuItemConstructorOptions } from 'electron';
import { app, Menu } from 'electron';

/** Commands that the window knows by these ids; its registry decides what they do. */
type Send = (commandId: string) => void;

/**
 * The system's menu bar. Undo and redo are shown but not bound here: on a note they belong to the annotation
 * history, which the window handles, and in a text field to the field.
 */
export function installMenu(send: Send): void {
  const command = (label: string, id: string, accelerator?: string): MenuItemConstructorOptions => ({
    label,
    click: () => send(id),
    ...(accelerator === undefined ? {} : { accelerator, registerAccelerator: false }),
  });
  const template: MenuItemConstructorOptions[] = [
    ...(process.platform === 'darwin' ? [{ role: 'appMenu' } as const] : []),
    {
      label: 'File',
      submenu: [
        command('New workspace…', 'workspace.new'),
        command('Open workspace…', 'workspace.open'),
        command('Close workspace', 'workspace.close'),
        { type: 'separator' },
        command('Back up now', 'workspace.backup'),
        { type: 'separator' },
        { label: 'Quit', accelerator: 'CommandOrControl+Q', click: () => app.quit() },
      ],
    },
    {
      label: 'Edit',
      submenu: [
        command('Undo', 'edit.undo', 'CommandOrControl+Z'),
        command('Redo', 'edit.redo', 'CommandOrControl+Shift+Z'),
        { type: 'separator' },
        { role: 'cut' },
        { role: 'copy' },
        { role: 'paste' },
        { role: 'selectAll' },
      ],
    },
    {
      label: 'View',
      submenu: [
        command('Command palette', 'palette.open', 'CommandOrControl+K'),
        { type: 'separator' },
        { role: 'resetZoom' },
        { role: 'zoomIn' },
        { role: 'zoomOut' },
        { role: 'togglefullscreen' },
      ],
    },
    { label: 'Help', submenu: [command('Keys', 'help.keys'), command('About Medspan', 'help.about')] },
  ];
  Menu.setApplicationMenu(Menu.buildFromTemplate(template));
}
