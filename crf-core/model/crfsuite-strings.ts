import { CrfError } from '../errors.ts';
import { jenkinsHash } from './jenkins-hash.ts';
import { decodeUtf8, encodeUtf8 } from './utf8.ts';

const headerBytes = 24;
const tableCount = 256;
const dataStart = headerBytes + tableCount * 8;
const byteOrder = 0x62445371;

/**
 * Writes CRFsuite's string table (CQDB): strings numbered from 0, with a hash index both ways.
 * @throws CrfError CRF_MODEL_CORRUPT when a string holds a zero byte, which the format cannot
 */
export function writeStringTable(texts: readonly string[]): Uint8Array {
  const keys = texts.map((text) => {
    if (text.includes('\0')) {
      throw new CrfError(
        'CRF_MODEL_CORRUPT',
        'An attribute holds a zero character, which CRFsuite files cannot.',
      );
    }
    return encodeUtf8(text);
  });
  const tables: { hash: number; offset: number }[][] = Array.from({ length: tableCount }, () => []);
  const offsets: number[] = [];
  let end = dataStart;
  for (const key of keys) {
    const hash = jenkinsHash(key);
    tables[hash & 255]!.push({ hash, offset: end });
    offsets.push(end);
    end += 8 + key.length + 1;
  }
  const bucketsStart = end;
  const buckets = tables.reduce((sum, table) => sum + table.length * 2, 0);
  const backStart = bucketsStart + buckets * 8;
  const bytes = new Uint8Array(backStart + keys.length * 4);
  const view = new DataView(bytes.buffer);
  bytes.set(encodeUtf8('CQDB'), 0);
  view.setUint32(4, bytes.length, true);
  view.setUint32(12, byteOrder, true);
  view.setUint32(16, keys.length, true);
  view.setUint32(20, keys.length === 0 ? 0 : backStart, true);
  keys.forEach((key, id) => {
    const at = offsets[id]!;
    view.setUint32(at, id, true);
    view.setUint32(at + 4, key.length + 1, true);
    bytes.set(key, at + 8);
  });
  let tableStart = bucketsStart;
  tables.forEach((table, index) => {
    if (table.length === 0) return;
    const size = table.length * 2;
    view.setUint32(headerBytes + index * 8, tableStart, true);
    view.setUint32(headerBytes + index * 8 + 4, size, true);
    for (const { hash, offset } of table) {
      let slot = (hash >>> 8) % size;
      while (view.getUint32(tableStart + slot * 8 + 4, true) !== 0) slot = (slot + 1) % size;
      view.setUint32(tableStart + slot * 8, hash, true);
      view.setUint32(tableStart + slot * 8 + 4, offset, true);
    }
    tableStart += size * 8;
  });
  offsets.forEach((offset, id) => view.setUint32(backStart + id * 4, offset, true));
  return bytes;
}

/**
 * Reads the strings of a CQDB that starts at `start`, in the order of their numbers.
 * @throws CrfError CRF_MODEL_CORRUPT, CRF_MODEL_TRUNCATED; nothing outside `bytes` is read
 */
export function readStringTable(bytes: Uint8Array, start: number, what: string): string[] {
  const corrupt = (problem: string): never => {
    throw new CrfError(
      'CRF_MODEL_CORRUPT',
      `The CRFsuite model's ${what} are damaged (${problem}). Load another copy.`,
    );
  };
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (start + dataStart > bytes.length) return corrupt('cut off');
  if (view.getUint32(start, true) !== 0x42445143) return corrupt('no table where the header says');
  const size = view.getUint32(start + 4, true);
  const count = view.getUint32(start + 16, true);
  const back = view.getUint32(start + 20, true);
  if (view.getUint32(start + 12, true) !== byteOrder) return corrupt('written on a big-endian machine');
  if (start + size > bytes.length || back + count * 4 > size) return corrupt('longer than the file');
  const texts: string[] = [];
  for (let id = 0; id < count; id++) {
    const offset = view.getUint32(start + back + id * 4, true);
    if (offset < dataStart || offset + 8 > size) return corrupt('a string outside the table');
    const length = view.getUint32(start + offset + 4, true);
    if (view.getUint32(start + offset, true) !== id || length < 1 || offset + 8 + length > size) {
      return corrupt('a string outside the table');
    }
    texts.push(decodeUtf8(bytes.subarray(start + offset + 8, start + offset + 8 + length - 1)));
  }
  return texts;
}
