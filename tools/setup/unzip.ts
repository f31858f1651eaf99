/** Unpacks a zip with its modes and symbolic links, and never outside the target folder. */
import { createWriteStream } from 'node:fs';
import { chmod, mkdir, symlink } from 'node:fs/promises';
import path from 'node:path';
import type { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import { openPromise, type Entry } from 'yauzl';

const linkMode = 0o120000;
const typeMask = 0o170000;

/** `rename` gives an entry's place inside `folder`, or undefined to leave it out. */
export async function unzip(
  file: string,
  folder: string,
  rename: (name: string) => string | undefined = (name) => name,
): Promise<number> {
  const zip = await openPromise(file, { autoClose: true });
  let count = 0;
  for await (const entry of zip.eachEntry()) {
    const name = rename(entry.fileName);
    if (name === undefined || name === '') continue;
    await place(entry, path.resolve(folder, name), path.resolve(folder), () =>
      zip.openReadStreamPromise(entry),
    );
    count++;
  }
  return count;
}

async function place(
  entry: Entry,
  target: string,
  folder: string,
  open: () => Promise<Readable>,
): Promise<void> {
  if (target !== folder && !target.startsWith(folder + path.sep)) {
    throw new Error(`the zip wants to write outside its folder: ${entry.fileName}`);
  }
  const mode = entry.externalFileAttributes >>> 16;
  if (entry.fileName.endsWith('/')) {
    await mkdir(target, { recursive: true });
    return;
  }
  await mkdir(path.dirname(target), { recursive: true });
  if ((mode & typeMask) === linkMode) {
    const to = (await buffer(await open())).toString('utf8');
    const reached = path.resolve(path.dirname(target), to);
    if (path.isAbsolute(to) || !reached.startsWith(folder + path.sep)) {
      throw new Error(`the zip has a link that leads outside its folder: ${entry.fileName}`);
    }
    await symlink(to, target);
    return;
  }
  await pipeline(await open(), createWriteStream(target));
  await chmod(target, (mode & 0o777) | 0o644);
}
