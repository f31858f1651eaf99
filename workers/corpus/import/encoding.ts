import { isUtf8 } from 'node:buffer';
import { StringDecoder } from 'node:string_decoder';
import type { Encoding } from '../../api/corpus.ts';

/** Turns the bytes of one file into text, piece by piece. */
export interface TextDecoderStream {
  write(bytes: Buffer): string;
  end(): string;
}

/** What Windows-1252 has between 0x80 and 0x9F; its five holes keep their C1 control, as browsers do. */
const windows1252 =
  '\u20AC\u0081\u201A\u0192\u201E\u2026\u2020\u2021\u02C6\u2030\u0160\u2039\u0152\u008D\u017D\u008F' +
  '\u0090\u2018\u2019\u201C\u201D\u2022\u2013\u2014\u02DC\u2122\u0161\u203A\u0153\u009D\u017E\u0178';

export function createDecoder(encoding: Encoding): TextDecoderStream {
  switch (encoding) {
    case 'utf-8':
      return new StringDecoder('utf8');
    case 'utf-8-bom':
      return withoutMark(new StringDecoder('utf8'));
    case 'utf-16le':
      return withoutMark(new StringDecoder('utf16le'));
    case 'utf-16be':
      return withoutMark(swapped(new StringDecoder('utf16le')));
    case 'windows-1252':
      return {
        write: (bytes) =>
          bytes
            .toString('latin1')
            .replace(/[\x80-\x9f]/g, (byte) => windows1252[byte.charCodeAt(0) - 0x80] ?? byte),
        end: () => '',
      };
  }
}

/** The mark says how to read the file and is no part of its text. */
function withoutMark(inner: TextDecoderStream): TextDecoderStream {
  let first = true;
  return {
    write(bytes) {
      const text = inner.write(bytes);
      if (!first || text.length === 0) return text;
      first = false;
      return text.charCodeAt(0) === 0xfeff ? text.slice(1) : text;
    },
    end: () => inner.end(),
  };
}

function swapped(inner: StringDecoder): TextDecoderStream {
  let rest: Buffer = Buffer.alloc(0);
  return {
    write(bytes) {
      const all = Buffer.concat([rest, bytes]);
      const even = all.length - (all.length % 2);
      rest = all.subarray(even);
      return inner.write(Buffer.from(all.subarray(0, even)).swap16());
    },
    end: () => inner.end() + (rest.length > 0 ? '\uFFFD' : ''),
  };
}

/** Gathers what is needed to name the encoding of a file while its bytes go by. */
export interface EncodingProbe {
  add(bytes: Buffer): void;
  /** null for what is no text in any encoding that is known here. */
  result(): Encoding | null;
}

export function createEncodingProbe(): EncodingProbe {
  let head: Buffer = Buffer.alloc(0);
  let pending: Buffer = Buffer.alloc(0);
  let validUtf8 = true;
  let total = 0;
  let controls = 0;
  const zeros = [0, 0];

  function countControls(bytes: Buffer): void {
    for (let index = 0; index < bytes.length; index++) {
      const byte = bytes[index] ?? 0;
      if (byte >= 0x20) continue;
      if (byte === 0) zeros[(total + index) & 1] = (zeros[(total + index) & 1] ?? 0) + 1;
      else if (byte !== 9 && byte !== 10 && byte !== 13 && byte !== 12 && byte !== 0x1b) controls++;
    }
  }

  return {
    add(bytes) {
      if (head.length < 4) head = Buffer.concat([head, bytes.subarray(0, 4)]).subarray(0, 4);
      countControls(bytes);
      total += bytes.length;
      if (!validUtf8) return;
      const all = pending.length === 0 ? bytes : Buffer.concat([pending, bytes]);
      const cut = completeUtf8(all);
      pending = Buffer.from(all.subarray(cut));
      if (!isUtf8(all.subarray(0, cut))) validUtf8 = false;
    },
    result() {
      if (head[0] === 0xff && head[1] === 0xfe) return 'utf-16le';
      if (head[0] === 0xfe && head[1] === 0xff) return 'utf-16be';
      const [even, odd] = [zeros[0] ?? 0, zeros[1] ?? 0];
      if (even + odd > 0) {
        // Western text in UTF-16 has a zero in nearly every second byte, and hardly any in the others.
        const half = total / 2;
        if (total % 2 === 0 && odd > half * 0.7 && even < half * 0.05) return 'utf-16le';
        if (total % 2 === 0 && even > half * 0.7 && odd < half * 0.05) return 'utf-16be';
        return null;
      }
      if (controls > total * 0.02) return null;
      if (validUtf8 && pending.length === 0) return hasUtf8Mark(head) ? 'utf-8-bom' : 'utf-8';
      return 'windows-1252';
    },
  };
}

function hasUtf8Mark(head: Buffer): boolean {
  return head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf;
}

/** Where to cut so that no character is torn: before the last lead byte whose tail has not arrived. */
function completeUtf8(bytes: Buffer): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back++) {
    const byte = bytes[bytes.length - back] ?? 0;
    if (byte < 0x80) return bytes.length;
    if (byte >= 0xc0) {
      const need = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2;
      return need > back ? bytes.length - back : bytes.length;
    }
  }
  return bytes.length;
}

/** How an encoding is called on screen. */
export const encodingNames: Readonly<Record<Encoding, string>> = {
  'utf-8': 'UTF-8',
  'utf-8-bom': 'UTF-8 with byte order mark',
  'utf-16le': 'UTF-16 little-endian',
  'utf-16be': 'UTF-16 big-endian',
  'windows-1252': 'Windows-1252',
};
