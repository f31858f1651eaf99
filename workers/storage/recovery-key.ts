import { randomBytes } from 'node:crypto';
import { MedspanError } from '../api/errors.ts';

/** Crockford's alphabet: no I, L, O or U, so that a key written on paper is read back as it was meant. */
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const bytes = 20;

/** 160 random bits, as hex. */
export function newRecoverySecret(): string {
  return randomBytes(bytes).toString('hex');
}

/** Eight groups of four letters and digits. */
export function encodeRecoveryKey(secret: string): string {
  let bits = '';
  for (const byte of Buffer.from(secret, 'hex')) bits += byte.toString(2).padStart(8, '0');
  const symbols = (bits.match(/.{5}/g) ?? []).map((five) => alphabet[Number.parseInt(five, 2)] ?? '');
  return (symbols.join('').match(/.{4}/g) ?? []).join('-');
}

/** Forgives case, spaces, dashes, and O for 0 or I and L for 1. Errors: WORKSPACE_KEY. */
export function decodeRecoveryKey(text: string): string {
  const symbols = text.toUpperCase().replace(/[\s-]/g, '').replaceAll('O', '0').replace(/[IL]/g, '1');
  const values = [...symbols].map((symbol) => alphabet.indexOf(symbol));
  if (values.length !== (bytes * 8) / 5 || values.includes(-1)) {
    throw new MedspanError(
      'WORKSPACE_KEY',
      'That is no recovery key: it has eight groups of four letters and digits. Check it against the paper that it was written on.',
    );
  }
  const bits = values.map((value) => value.toString(2).padStart(5, '0')).join('');
  return (bits.match(/.{8}/g) ?? [])
    .map((byte) => Number.parseInt(byte, 2).toString(16).padStart(2, '0'))
    .join('');
}
