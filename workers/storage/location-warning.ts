import { readFileSync } from 'node:fs';
import { resolve, sep } from 'node:path';

const syncFolders: readonly (readonly [RegExp, string])[] = [
  [/^dropbox( \(.+\))?$/i, 'Dropbox'],
  [/^onedrive( - .+)?$/i, 'OneDrive'],
  [/^(google ?drive|googledrive-.+|my drive)$/i, 'Google Drive'],
  [/^(icloud ?drive|com~apple~clouddocs|mobile documents)$/i, 'iCloud Drive'],
  [/^(nextcloud|owncloud)\d*$/i, 'Nextcloud'],
  [/^(box|box sync)$/i, 'Box'],
  [/^(syncthing|sync|pcloud ?drive|megasync)$/i, 'a sync folder'],
];
const networkFileSystems =
  /^(nfs\d?|cifs|smb\d?|smbfs|afs|9p|fuse\.sshfs|davfs|fuse\.rclone|ceph|glusterfs|ncpfs)$/;

/** Warns where another program or machine may change the file under our feet; null where nothing is known of it. */
export function locationWarning(path: string, mounts: string = readMounts()): string | null {
  const parts = path.split(/[\\/]/);
  for (const part of parts.slice(0, -1)) {
    const found = syncFolders.find(([name]) => name.test(part));
    if (found !== undefined) {
      return `This workspace lies in ${found[1]}, which copies files while they change and may damage it. Move it to a folder of this machine and put only backups there.`;
    }
  }
  if (
    path.startsWith('\\\\') ||
    path.startsWith('//') ||
    networkFileSystems.test(fileSystemOf(path, mounts))
  ) {
    return 'This workspace lies on a network drive, where locks between machines cannot be relied on. Move it to a folder of this machine and put only backups there.';
  }
  return null;
}

function readMounts(): string {
  try {
    return readFileSync('/proc/self/mounts', 'utf8');
  } catch {
    return '';
  }
}

/** The type of the mount with the longest matching path. */
function fileSystemOf(path: string, mounts: string): string {
  const absolute = resolve(path);
  let best = '';
  let type = '';
  for (const line of mounts.split('\n')) {
    const [, escaped, found] = line.split(' ');
    if (escaped === undefined || found === undefined) continue;
    const mount = escaped.replace(/\\(\d{3})/g, (_, octal: string) =>
      String.fromCharCode(Number.parseInt(octal, 8)),
    );
    const prefix = mount.endsWith(sep) ? mount : mount + sep;
    if ((absolute === mount || absolute.startsWith(prefix)) && mount.length >= best.length) {
      best = mount;
      type = found;
    }
  }
  return type;
}
