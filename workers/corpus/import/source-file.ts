import { createHash } from 'node:crypto';
import type { FileHandle } from 'node:fs/promises';
import { open } from 'node:fs/promises';
import type { Encoding } from '../../api/corpus.ts';
import { MedspanError } from '../../api/errors.ts';
import { createEncodingProbe } from './encoding.ts';
import { readSize } from './limits.ts';

/** A file to read: where it is, and how it is called in messages and in the workspace. */
export interface NamedFile {
  readonly path: string;
  /** Relative to what the person chose, with forward slashes. */
  readonly name: string;
}

export interface ProbedFile extends NamedFile {
  readonly bytes: number;
  readonly sha256: string;
  readonly encoding: Encoding;
}

export interface Reading {
  readonly signal: AbortSignal;
  /** Called with the bytes of each piece read. */
  readonly onBytes?: (bytes: number) => void;
}

/** The pieces of a file, in one buffer that is used again: take what you need before asking for the next. */
export async function* readPieces(file: NamedFile, reading: Reading): AsyncGenerator<Buffer> {
  const handle = await openFile(file);
  try {
    const buffer = Buffer.allocUnsafe(readSize);
    for (;;) {
      if (reading.signal.aborted) throw cancelled(file);
      const { bytesRead } = await readSome(handle, buffer, file);
      if (bytesRead === 0) return;
      reading.onBytes?.(bytesRead);
      yield buffer.subarray(0, bytesRead);
    }
  } finally {
    await handle.close();
  }
}

/** Reads a file once through: size, SHA-256 and encoding. `null` encoding means that it holds no text. */
export async function probeFile(
  file: NamedFile,
  reading: Reading,
): Promise<Omit<ProbedFile, 'encoding'> & { readonly encoding: Encoding | null }> {
  const hash = createHash('sha256');
  const probe = createEncodingProbe();
  let bytes = 0;
  for await (const piece of readPieces(file, reading)) {
    hash.update(piece);
    probe.add(piece);
    bytes += piece.length;
  }
  return { ...file, bytes, sha256: hash.digest('hex'), encoding: bytes === 0 ? 'utf-8' : probe.result() };
}

async function openFile(file: NamedFile): Promise<FileHandle> {
  try {
    const handle = await open(file.path, 'r');
    const facts = await handle.stat();
    if (facts.isFile()) return handle;
    await handle.close();
  } catch (error) {
    throw unreadable(file, error);
  }
  throw new MedspanError(
    'BAD_FILE',
    `${file.name} is not a file. Choose the files themselves, or a folder.`,
    {
      file: file.name,
    },
  );
}

async function readSome(handle: FileHandle, buffer: Buffer, file: NamedFile): Promise<{ bytesRead: number }> {
  try {
    return await handle.read(buffer, 0, buffer.length);
  } catch (error) {
    throw unreadable(file, error);
  }
}

export function unreadable(file: { readonly name: string }, error: unknown): MedspanError {
  const code = (error as NodeJS.ErrnoException | null)?.code;
  const [kind, why] =
    code === 'ENOENT'
      ? (['NOT_FOUND', 'is not there (any more). Choose it again.'] as const)
      : code === 'EACCES' || code === 'EPERM'
        ? ([
            'BAD_FILE',
            'may not be read by this user. Change its permissions, or copy it elsewhere.',
          ] as const)
        : ([
            'BAD_FILE',
            `cannot be read (${code ?? 'unknown cause'}). Check the disk or the connection.`,
          ] as const);
  return new MedspanError(kind, `${file.name} ${why}`, { file: file.name }, { cause: error });
}

export function cancelled(file: NamedFile): MedspanError {
  return new MedspanError('CANCELLED', `Reading ${file.name} was cancelled.`, { file: file.name });
}
