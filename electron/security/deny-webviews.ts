import type { WebContents } from 'electron';

/** Pages within pages are off by default; this keeps them off. */
export function denyWebviews(contents: WebContents): void {
  contents.on('will-attach-webview', (event) => event.preventDefault());
}
