import type { BrowserWindow, OpenDialogOptions } from 'electron';
import { dialog } from 'electron';
import { dirname, join } from 'node:path';
import type { FileChoice } from '../../workers/api/desktop.ts';
import type { SettingsFile } from '../app/settings.ts';

/** The system's file dialogs. They start where the last one ended: Electron itself would start at Downloads. */
export class Dialogs {
  readonly #window: () => BrowserWindow | null;
  readonly #settings: SettingsFile;

  constructor(window: () => BrowserWindow | null, settings: SettingsFile) {
    this.#window = window;
    this.#settings = settings;
  }

  async chooseFiles(choice: FileChoice): Promise<readonly string[]> {
    return this.#open({
      title: choice.title,
      properties: choice.many === true ? ['openFile', 'multiSelections'] : ['openFile'],
      ...(choice.filters === undefined ? {} : { filters: copyFilters(choice) }),
    });
  }

  async chooseFolder(choice: { readonly title: string }): Promise<string | null> {
    const [folder] = await this.#open({
      title: choice.title,
      properties: ['openDirectory', 'createDirectory'],
    });
    return folder ?? null;
  }

  async chooseSaveFile(choice: FileChoice & { readonly defaultName: string }): Promise<string | null> {
    const window = this.#window();
    const options = {
      title: choice.title,
      defaultPath: join(this.#settings.get().lastFolder ?? '', choice.defaultName),
      ...(choice.filters === undefined ? {} : { filters: copyFilters(choice) }),
    };
    const { canceled, filePath } = await (window === null
      ? dialog.showSaveDialog(options)
      : dialog.showSaveDialog(window, options));
    if (canceled || filePath === '') return null;
    this.#settings.update({ lastFolder: dirname(filePath) });
    return filePath;
  }

  async #open(options: OpenDialogOptions): Promise<readonly string[]> {
    const window = this.#window();
    const { lastFolder } = this.#settings.get();
    const from = lastFolder === null ? options : { ...options, defaultPath: lastFolder };
    const { canceled, filePaths } = await (window === null
      ? dialog.showOpenDialog(from)
      : dialog.showOpenDialog(window, from));
    const first = filePaths[0];
    if (canceled || first === undefined) return [];
    this.#settings.update({ lastFolder: dirname(first) });
    return filePaths;
  }
}

function copyFilters(choice: FileChoice): { name: string; extensions: string[] }[] {
  return (choice.filters ?? []).map(({ name, extensions }) => ({ name, extensions: [...extensions] }));
}
