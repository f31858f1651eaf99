import type { WebContents } from 'electron';

/** No page opens another window, and nothing is handed to the system's browser. */
export function denyNewWindows(contents: WebContents): void {
  contents.setWindowOpenHandler(() => ({ action: 'deny' }));
}
