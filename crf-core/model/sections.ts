import { CrfError } from '../errors.ts';
import { checksum } from './checksum.ts';
import { decodeUtf8, encodeUtf8 } from './utf8.ts';

/** A block of numbers in a file. */
export type Section = Float64Array | Int32Array | Uint16Array | Uint8Array;

/** What a file holds: a JSON head and named blocks of numbers. */
export interface SectionFile {
  readonly head: unknown;
  readonly sections: Readonly<Record<string, Section>>;
}

const kinds = { f64: Float64Array, i32: Int32Array, u16: Uint16Array, u8: Uint8Array } as const;
type Kind = keyof typeof kinds;
const align = (length: number): number => (length + 7) & ~7;
const fixedBytes = 24;

interface Entry {
  readonly name: string;
  readonly kind: Kind;
  readonly offset: number;
  readonly count: number;
}

function kindOf(section: Section): Kind {
  if (section instanceof Float64Array) return 'f64';
  if (section instanceof Int32Array) return 'i32';
  return section instanceof Uint16Array ? 'u16' : 'u8';
}

/**
 * Writes a file of sections: 8 bytes of magic, u32 version, u32 total length, u32 length of the JSON head,
 * u32 checksum of everything else; then the head; then each section at a multiple of 8 bytes, so that a reader may map
 * the file and view the numbers in place. All little-endian.
 */
export function writeSections(magic: string, version: number, file: SectionFile): Uint8Array {
  const entries: Entry[] = [];
  let size = 0;
  for (const [name, section] of Object.entries(file.sections)) {
    entries.push({ name, kind: kindOf(section), offset: size, count: section.length });
    size += align(section.byteLength);
  }
  const head = encodeUtf8(JSON.stringify({ head: file.head, sections: entries }));
  const base = align(fixedBytes + head.length);
  const bytes = new Uint8Array(base + size);
  const view = new DataView(bytes.buffer);
  for (let index = 0; index < 8; index++) bytes[index] = magic.charCodeAt(index);
  view.setUint32(8, version, true);
  view.setUint32(12, bytes.length, true);
  view.setUint32(16, head.length, true);
  bytes.set(head, fixedBytes);
  for (const { name, offset } of entries) {
    const section = file.sections[name]!;
    bytes.set(new Uint8Array(section.buffer, section.byteOffset, section.byteLength), base + offset);
  }
  view.setUint32(20, checksum(bytes), true);
  return bytes;
}

/**
 * Reads what {@link writeSections} wrote. Numbers are copied out, so the bytes may be reused.
 * @param what what the file is, for messages: "model", "checkpoint"
 * @throws CrfError CRF_MODEL_VERSION, CRF_MODEL_TRUNCATED or CRF_MODEL_CORRUPT
 */
export function readSections(magic: string, version: number, what: string, bytes: Uint8Array): SectionFile {
  const fail = (
    code: 'CRF_MODEL_CORRUPT' | 'CRF_MODEL_TRUNCATED' | 'CRF_MODEL_VERSION',
    text: string,
  ): never => {
    throw new CrfError(code, text);
  };
  if (bytes.length < fixedBytes) {
    return fail(
      'CRF_MODEL_TRUNCATED',
      `The ${what} is cut off after ${bytes.length} bytes. Copy the file again.`,
    );
  }
  for (let index = 0; index < 8; index++) {
    if (bytes[index] !== magic.charCodeAt(index)) {
      fail(
        'CRF_MODEL_CORRUPT',
        `This is not a Medspan ${what}, or its first bytes are damaged. Choose another file.`,
      );
    }
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const found = view.getUint32(8, true);
  if (found !== version) {
    fail(
      'CRF_MODEL_VERSION',
      `The ${what} has format ${found}; this version reads ${version}. Update Medspan.`,
    );
  }
  const length = view.getUint32(12, true);
  if (length !== bytes.length) {
    fail(
      'CRF_MODEL_TRUNCATED',
      `The ${what} should have ${length} bytes but has ${bytes.length}. Copy the file again.`,
    );
  }
  const stored = view.getUint32(20, true);
  // Not slice(): that of Node's Buffer, which is what SQLite and files give, would be a view and no copy.
  const copy = new Uint8Array(bytes);
  new DataView(copy.buffer).setUint32(20, 0, true);
  if (checksum(copy) !== stored) {
    fail('CRF_MODEL_CORRUPT', `The ${what} does not match its checksum: it is damaged. Load another copy.`);
  }
  const headLength = view.getUint32(16, true);
  if (fixedBytes + headLength > bytes.length) fail('CRF_MODEL_CORRUPT', `The ${what}'s head is damaged.`);
  const base = align(fixedBytes + headLength);
  let parsed: { head: unknown; sections: Entry[] };
  try {
    parsed = JSON.parse(decodeUtf8(copy.subarray(fixedBytes, fixedBytes + headLength))) as typeof parsed;
  } catch {
    return fail('CRF_MODEL_CORRUPT', `The ${what}'s head cannot be read. Load another copy.`);
  }
  const sections: Record<string, Section> = {};
  for (const { name, kind, offset, count } of parsed.sections) {
    const Type = kinds[kind];
    const end = base + offset + count * Type.BYTES_PER_ELEMENT;
    if (!(offset >= 0 && count >= 0 && offset % 8 === 0 && end <= bytes.length)) {
      fail('CRF_MODEL_CORRUPT', `A section of the ${what} lies outside the file. Load another copy.`);
    }
    sections[name] = new Type(copy.buffer, base + offset, count);
  }
  return { head: parsed.head, sections };
}
