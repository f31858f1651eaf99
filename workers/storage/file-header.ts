import { closeSync, existsSync, fstatSync, openSync, readSync, statSync } from 'node:fs';
import { MedspanError } from '../api/errors.ts';
import { storageError } from './storage-errors.ts';
import { workspaceFiles } from './workspace-files.ts';

/** "MEDS" in ASCII: what a workspace file says about itself at byte 68. */
export const applicationId = 0x4d454453;

const magic = 'SQLite format 3\0';

export interface FileHeader {
  readonly bytes: number;
  /** False for what is encrypted, and for everything that is no database at all. */
  readonly plainDatabase: boolean;
  readonly pageSize: number;
  /** Pages that the file says it has; 0 where it does not say. */
  readonly pageCount: number;
  readonly applicationId: number;
  readonly userVersion: number;
}

/** Reads the first 100 bytes, so that a file can be judged before SQLite touches it. */
export function readFileHeader(path: string): FileHeader {
  const head = Buffer.alloc(100);
  let bytes: number;
  try {
    const file = openSync(path, 'r');
    try {
      if (!fstatSync(file).isFile()) throw notWorkspace(path, 'it is a folder or a device');
      bytes = fstatSync(file).size;
      readSync(file, head, 0, 100, 0);
    } finally {
      closeSync(file);
    }
  } catch (error) {
    throw storageError(error, path);
  }
  const pageSize = head.readUInt16BE(16);
  return {
    bytes,
    plainDatabase: head.toString('latin1', 0, 16) === magic,
    pageSize: pageSize === 1 ? 65_536 : pageSize,
    pageCount: head.readUInt32BE(24) === head.readUInt32BE(92) ? head.readUInt32BE(28) : 0,
    applicationId: head.readUInt32BE(68),
    userVersion: head.readUInt32BE(60),
  };
}

/** Refuses what is plainly no workspace, or plainly cut short, without changing a byte. */
export function refuseUnfit(path: string, encrypted: boolean): void {
  const header = readFileHeader(path);
  if (header.bytes === 0) throw notWorkspace(path, 'it is empty');
  if (encrypted) return;
  if (!header.plainDatabase) throw notWorkspace(path, 'it is no database, or its beginning is destroyed');
  if (header.applicationId !== applicationId) throw notWorkspace(path, 'another program made this database');
  const { wal } = workspaceFiles(path);
  const walBytes = existsSync(wal) ? statSync(wal).size : 0;
  if (walBytes === 0 && header.bytes < header.pageCount * header.pageSize) {
    throw new MedspanError(
      'WORKSPACE_DAMAGED',
      `“${path}” is cut short: ${String(header.bytes)} bytes are left of ${String(header.pageCount * header.pageSize)}. Restore a backup, or salvage what can still be read into a new file.`,
      { path, bytes: header.bytes },
    );
  }
}

function notWorkspace(path: string, why: string): MedspanError {
  return new MedspanError(
    'WORKSPACE_FOREIGN',
    `“${path}” is not a Medspan workspace: ${why}. Choose a file made by Medspan; if this was one, restore a backup or salvage it.`,
    { path },
  );
}
