import type { Session } from 'electron';
import { isAppUrl } from './app-url.ts';

let cancelled = 0;

/** Requests that were cancelled since the start; a test and the About dialog look at it. */
export function cancelledRequests(): number {
  return cancelled;
}

/**
 * The window's session reaches our own files only. Two walls: every other request is cancelled and counted, and
 * the session's proxy is a port where nothing listens, should a request ever pass the first.
 */
export async function cancelRequests(session: Session, developerTools: boolean): Promise<void> {
  session.webRequest.onBeforeRequest((details, answer) => {
    const local =
      isAppUrl(details.url) ||
      details.url.startsWith('blob:app://') ||
      details.url.startsWith('data:') ||
      (developerTools && details.url.startsWith('devtools:'));
    if (!local) cancelled += 1;
    answer({ cancel: !local });
  });
  await session.setProxy({ mode: 'fixed_servers', proxyRules: 'http://127.0.0.1:9' });
}
