import { createWriteStream, existsSync } from 'node:fs';
import { mkdir, mkdtemp, open, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import yazl from 'yazl';
import { MedspanError } from '../../api/errors.ts';
import type { BundleFiles } from './bundle-files.ts';

/**
 * Writes a bundle as a new folder, or as a zip file with one folder in it. It is made under another name beside the
 * target and moved there at the end, so that what stands at the path is whole or not there. Returns its size.
 * Errors: CONFLICT where something stands there already, READ_ONLY, DISK_FULL.
 */
export async function writeBundle(
  files: BundleFiles,
  target: string,
  packed: boolean,
  at: number,
): Promise<number> {
  if (existsSync(target)) {
    throw new MedspanError(
      'CONFLICT',
      `“${path.basename(target)}” is there already, and a bundle never overwrites anything. Choose another name.`,
      { path: target },
    );
  }
  let scratch: string | null = null;
  try {
    await mkdir(path.dirname(target), { recursive: true });
    scratch = await mkdtemp(path.join(path.dirname(target), '.medspan-bundle-'));
    const made = path.join(scratch, path.basename(target));
    const bytes = packed
      ? await writeZip(files, made, path.basename(target, '.zip'), at)
      : await writeFolder(files, made);
    await rename(made, target);
    return bytes;
  } catch (error) {
    throw explain(error, target);
  } finally {
    if (scratch !== null) await rm(scratch, { recursive: true, force: true });
  }
}

async function writeFolder(files: BundleFiles, folder: string): Promise<number> {
  await mkdir(folder);
  let total = 0;
  for (const [name, bytes] of files) {
    const file = await open(path.join(folder, name), 'wx');
    try {
      await file.writeFile(bytes);
      await file.sync();
    } finally {
      await file.close();
    }
    total += bytes.byteLength;
  }
  return total;
}

async function writeZip(files: BundleFiles, file: string, folder: string, at: number): Promise<number> {
  const zip = new yazl.ZipFile();
  for (const [name, bytes] of files) {
    zip.addBuffer(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength), `${folder}/${name}`, {
      mtime: new Date(at),
      mode: 0o100644,
    });
  }
  zip.end();
  await pipeline(zip.outputStream, createWriteStream(file, { flags: 'wx', flush: true }));
  return (await stat(file)).size;
}

function explain(error: unknown, target: string): unknown {
  const code = (error as { code?: unknown } | null)?.code;
  const place = path.dirname(target);
  if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS') {
    return new MedspanError('READ_ONLY', `“${place}” cannot be written. Choose a folder of your own.`, {
      path: target,
    });
  }
  if (code === 'ENOSPC') {
    return new MedspanError(
      'DISK_FULL',
      `The disk that holds “${place}” is full. Free some space, or choose another.`,
      {
        path: target,
      },
    );
  }
  if (code === 'ENOTDIR' || code === 'EEXIST') {
    return new MedspanError('CONFLICT', `“${place}” is a file, not a folder. Choose another place.`, {
      path: target,
    });
  }
  return error;
}
