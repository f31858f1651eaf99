import type { FileChoice } from '../../workers/api/desktop.ts';

/** The system's own dialogs. An empty list or null means that the person thought better of it. */
export function chooseFiles(options: FileChoice): Promise<readonly string[]> {
  return window.medspan.chooseFiles(options);
}

export function chooseFolder(title: string): Promise<string | null> {
  return window.medspan.chooseFolder({ title });
}

export function saveFile(options: FileChoice & { readonly defaultName: string }): Promise<string | null> {
  return window.medspan.chooseSaveFile(options);
}

export function showInFolder(path: string): Promise<void> {
  return window.medspan.showItemInFolder(path);
}

/** Paths of files that were dropped on the window. */
export function droppedPaths(transfer: DataTransfer): readonly string[] {
  return window.medspan.pathsOfDroppedFiles([...transfer.files]).filter((path) => path !== '');
}

/** Lets the person save what the window itself has made (a chart, a table); the system asks where. */
export function saveFromMemory(name: string, content: Blob): void {
  const url = URL.createObjectURL(content);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // The download reads the blob after this turn; a minute is ample.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}

/** The last segment of a path, on any system. */
export function fileName(path: string): string {
  return path.split(/[\\/]/).pop() ?? path;
}
