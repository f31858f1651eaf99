import { MedspanError } from '../api/errors.ts';

/** Turns what SQLite or the file system says into an error that a person can act on; others pass as they are. */
export function storageError(error: unknown, path: string): unknown {
  if (error instanceof MedspanError) return error;
  const code = codeOf(error);
  const options = { cause: error };
  if (code.startsWith('SQLITE_FULL') || code === 'ENOSPC' || code === 'EDQUOT' || code === 'EFBIG') {
    return new MedspanError(
      'DISK_FULL',
      `There is no space left on the disk of “${path}”. Nothing was half-written; free some space and try again.`,
      { path },
      options,
    );
  }
  if (code.startsWith('SQLITE_READONLY') || code === 'EROFS' || code === 'EACCES' || code === 'EPERM') {
    return new MedspanError(
      'READ_ONLY',
      `“${path}” cannot be written: the file, its folder or the disk is read-only. Make it writable or choose another folder.`,
      { path },
      options,
    );
  }
  if (code.startsWith('SQLITE_IOERR') || code === 'EIO') {
    return new MedspanError(
      'READ_ONLY',
      `The disk of “${path}” could not be read or written: it is failing, has reached a limit, or was disconnected. Nothing acknowledged is lost; check the disk and open the workspace again.`,
      { path },
      options,
    );
  }
  if (code === 'SQLITE_NOTADB') {
    return new MedspanError(
      'WORKSPACE_FOREIGN',
      `“${path}” is not a Medspan workspace, or it is encrypted or its first page is destroyed. Choose another file, or restore a backup.`,
      { path },
      options,
    );
  }
  if (code.startsWith('SQLITE_CORRUPT')) {
    return new MedspanError(
      'WORKSPACE_DAMAGED',
      `“${path}” is damaged. Restore a backup, or salvage what can still be read into a new file.`,
      { path },
      options,
    );
  }
  if (code.startsWith('SQLITE_BUSY') || code.startsWith('SQLITE_LOCKED')) {
    return new MedspanError(
      'WORKSPACE_LOCKED',
      `Another program is writing to “${path}”. Close it there and try again.`,
      { path },
      options,
    );
  }
  if (code.startsWith('SQLITE_CANTOPEN') || code === 'ENOENT' || code === 'ENOTDIR' || code === 'EISDIR') {
    return new MedspanError(
      'READ_ONLY',
      `“${path}” cannot be opened: its folder is missing or may not be used by you. Check the folder or choose another.`,
      { path },
      options,
    );
  }
  return error;
}

/** What SQLite says of the workspace's own file; errors of other files, and of no file, stay what they are. */
export function databaseError(error: unknown, path: string | undefined): unknown {
  return path !== undefined && codeOf(error).startsWith('SQLITE_') ? storageError(error, path) : error;
}

function codeOf(error: unknown): string {
  if (error instanceof Error && 'code' in error && typeof error.code === 'string') return error.code;
  return '';
}
