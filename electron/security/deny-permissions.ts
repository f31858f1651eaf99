import type { Session } from 'electron';

/** Camera, location, notifications, devices …: Electron grants all by default, Medspan needs one: to copy. */
const allowed = new Set(['clipboard-sanitized-write']);

export function denyPermissions(session: Session): void {
  session.setPermissionRequestHandler((_contents, permission, answer) => answer(allowed.has(permission)));
  session.setPermissionCheckHandler((_contents, permission) => allowed.has(permission));
  session.setDevicePermissionHandler(() => false);
}
