/**
 * Chromium refuses to run as root with its sandbox on, and without its sandbox we do not run it. So root's
 * Electron runs as an unprivileged user, with a home of its own, and may read only what everybody may.
 */
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { cachePath, isRoot } from './places.mjs';
import { SetupError } from './steps.mjs';

export interface UnprivilegedUser {
  readonly name: string;
  readonly uid: number;
  readonly gid: number;
  /** A folder that this user may write. */
  readonly home: string;
}

/** The user that Electron runs as, or undefined where it runs as ourselves. */
export function unprivilegedUser(): UnprivilegedUser | undefined {
  if (!isRoot || process.platform !== 'linux') return undefined;
  const line = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .find((entry) => entry.startsWith('nobody:'));
  const [, , uid, gid] = line?.split(':') ?? [];
  if (!uid || !gid) {
    throw new SetupError(
      'Electron must not run as root, and this machine has no user "nobody" to run it as',
      'run the command as an ordinary user',
    );
  }
  return { name: 'nobody', uid: Number(uid), gid: Number(gid), home: path.join(cachePath(), 'home') };
}

/** Gives a folder to the user that Electron runs as, so that the app can write in it. */
export function giveToApp(...paths: string[]): void {
  const user = unprivilegedUser();
  if (user) for (const file of paths) chownSync(file, user.uid, user.gid);
}

/** Makes the home folder and the script that starts `executable` as this user. */
export function writeWrapper(user: UnprivilegedUser, executable: string, wrapper: string): void {
  mkdirSync(user.home, { recursive: true, mode: 0o700 });
  chownSync(user.home, user.uid, user.gid);
  const setpriv = ['/usr/bin/setpriv', '/bin/setpriv'].find((file) => existsSync(file));
  if (!setpriv) {
    throw new SetupError(
      'setpriv is missing, with which root starts Electron as an unprivileged user',
      'install util-linux (apt-get install util-linux), or run the command as an ordinary user',
    );
  }
  writeFileSync(
    wrapper,
    [
      '#!/bin/sh',
      `# Starts Electron as ${user.name}, with its sandbox on and a home it may write.`,
      `HOME="\${MEDSPAN_HOME:-${user.home}}"; export HOME`,
      'unset XDG_CONFIG_HOME XDG_CACHE_HOME XDG_DATA_HOME XDG_RUNTIME_DIR DBUS_SESSION_BUS_ADDRESS',
      `exec ${setpriv} --reuid=${user.uid} --regid=${user.gid} --clear-groups ${quoted(executable)} "$@"`,
      '',
    ].join('\n'),
  );
  chmodSync(wrapper, 0o755);
}

/** The first part of `file`'s path that other users cannot pass or read, if there is one. */
export function barrier(file: string): string | undefined {
  const parts = path.resolve(file).split(path.sep);
  for (let count = 1; count <= parts.length; count++) {
    const part = parts.slice(0, count).join(path.sep) || path.sep;
    const stat = statSync(part, { throwIfNoEntry: false });
    if (!stat) return undefined;
    const needed = stat.isDirectory() ? 0o005 : 0o004;
    const passing = stat.isDirectory() && count < parts.length ? 0o001 : needed;
    if ((stat.mode & passing) !== passing) return part;
  }
  return undefined;
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}

/** Opens a copied file or folder to the user that Electron runs as. */
export function makeReadable(file: string): void {
  if (!unprivilegedUser()) return;
  giveToApp(file);
  const folder = statSync(file).isDirectory();
  chmodSync(file, folder ? 0o755 : 0o644);
  if (folder) for (const name of readdirSync(file)) makeReadable(path.join(file, name));
}
