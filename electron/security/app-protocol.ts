import type { Session } from 'electron';
import { protocol } from 'electron';
import { readFile } from 'node:fs/promises';
import { appScheme, isAppUrl, resolveAppPath } from './app-url.ts';
import { contentSecurityPolicy } from './content-security-policy.ts';

/** Must run before the app is ready. */
export function registerAppScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: appScheme, privileges: { standard: true, secure: true, supportFetchAPI: true } },
  ]);
}

/** Serves the built window from `root` under app://medspan, to this session only. */
export function serveApp(session: Session, root: string): void {
  session.protocol.handle(appScheme, async (request) => {
    if (request.method !== 'GET' || !isAppUrl(request.url)) return refuse(403);
    const found = resolveAppPath(root, new URL(request.url).pathname);
    if (found === null) return refuse(404);
    try {
      return new Response(new Uint8Array(await readFile(found.file)), {
        headers: {
          'content-type': found.mediaType,
          'content-security-policy': contentSecurityPolicy,
          'x-content-type-options': 'nosniff',
          'cross-origin-opener-policy': 'same-origin',
          'referrer-policy': 'no-referrer',
        },
      });
    } catch {
      return refuse(404);
    }
  });
}

function refuse(status: number): Response {
  return new Response(null, { status });
}
