/** Copies folders by hard links where the file system allows it, else by content. */
import {
  chmodSync,
  constants,
  copyFileSync,
  linkSync,
  mkdirSync,
  readdirSync,
  readlinkSync,
  statSync,
  symlinkSync,
} from 'node:fs';
import path from 'node:path';

/** `keep` is asked with paths relative to `from`. */
export function mirror(from: string, to: string, keep: (relative: string) => boolean = () => true): void {
  mirrorFolder(from, to, '', keep);
}

function mirrorFolder(from: string, to: string, relative: string, keep: (relative: string) => boolean): void {
  mkdirSync(path.join(to, relative), { recursive: true });
  for (const entry of readdirSync(path.join(from, relative), { withFileTypes: true })) {
    const name = path.join(relative, entry.name);
    if (!keep(name)) continue;
    if (entry.isDirectory()) mirrorFolder(from, to, name, keep);
    else if (entry.isSymbolicLink()) symlinkSync(readlinkSync(path.join(from, name)), path.join(to, name));
    else if (entry.isFile()) linkOrCopy(path.join(from, name), path.join(to, name));
  }
}

/** A file under a second name; a copy where links are not possible. */
export function linkOrCopy(from: string, to: string): void {
  const { mode } = statSync(from);
  if ((mode & 0o004) === 0 && process.platform !== 'win32') {
    // A link would be as closed as the original; the copy is for everybody.
    copyFileSync(from, to);
    chmodSync(to, (mode & 0o111 ? 0o755 : 0o644) & 0o777);
    return;
  }
  try {
    linkSync(from, to);
  } catch (error) {
    // Another file system, a file of another user, or a file system without links.
    const code = (error as NodeJS.ErrnoException).code ?? '';
    if (!['EXDEV', 'EPERM', 'EACCES', 'EMLINK', 'ENOTSUP', 'ENOSYS'].includes(code)) throw error;
    copyFileSync(from, to, constants.COPYFILE_FICLONE);
  }
}
