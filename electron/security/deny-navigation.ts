import type { WebContents } from 'electron';
import { isAppUrl } from './app-url.ts';

/** A window stays on our own pages, whatever a link, a script or a dropped file asks for. */
export function denyNavigation(contents: WebContents): void {
  const guard = (event: { preventDefault(): void; readonly url: string }): void => {
    if (!isAppUrl(event.url)) event.preventDefault();
  };
  contents.on('will-navigate', guard);
  contents.on('will-redirect', guard);
  contents.on('will-frame-navigate', guard);
}
