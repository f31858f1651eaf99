import type { Session } from 'electron';
import { app } from 'electron';
import { serveApp } from './app-protocol.ts';
import { cancelRequests } from './cancel-requests.ts';
import { denyNavigation } from './deny-navigation.ts';
import { denyNewWindows } from './deny-new-windows.ts';
import { denyPermissions } from './deny-permissions.ts';
import { denyWebviews } from './deny-webviews.ts';
import { limitDownloads } from './limit-downloads.ts';

/** Applies every rule of this folder to the window's session and to whatever web contents come to be. */
export async function secure(session: Session, rendererRoot: string, developerTools: boolean): Promise<void> {
  serveApp(session, rendererRoot);
  denyPermissions(session);
  limitDownloads(session);
  await cancelRequests(session, developerTools);
}

/** Must run before the first window is made. */
export function secureContents(): void {
  app.on('web-contents-created', (_event, contents) => {
    denyNavigation(contents);
    denyNewWindows(contents);
    denyWebviews(contents);
  });
}
