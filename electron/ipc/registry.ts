import type { BrowserWindow, IpcMainEvent, IpcMainInvokeEvent } from 'electron';
import { ipcMain } from 'electron';
import { isAppUrl } from '../security/app-url.ts';

/**
 * The only user of `ipcMain`. A message counts only when it comes from the main frame of our own window and that
 * frame shows one of our own pages; anything else is refused, whatever channel it names.
 */
export class IpcRegistry {
  readonly #window: () => BrowserWindow | null;

  constructor(window: () => BrowserWindow | null) {
    this.#window = window;
  }

  handle(channel: string, answer: (...input: unknown[]) => unknown): void {
    ipcMain.handle(channel, async (event, ...input: unknown[]) => {
      if (!this.#trusted(event))
        throw new Error(`${channel} was refused: it did not come from the Medspan window.`);
      return answer(...input);
    });
  }

  on(channel: string, listener: (...input: unknown[]) => void): void {
    ipcMain.on(channel, (event, ...input: unknown[]) => {
      if (this.#trusted(event)) listener(...input);
    });
  }

  #trusted(event: IpcMainEvent | IpcMainInvokeEvent): boolean {
    const contents = this.#window()?.webContents;
    const frame = event.senderFrame;
    return contents !== undefined && frame !== null && frame === contents.mainFrame && isAppUrl(frame.url);
  }
}
