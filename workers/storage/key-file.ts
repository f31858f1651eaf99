import { createCipheriv, createDecipheriv, hkdfSync, randomBytes, scryptSync } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { z } from 'zod';
import { MedspanError } from '../api/errors.ts';
import { writeDurably } from './durable-files.ts';
import { encodeRecoveryKey, newRecoverySecret, decodeRecoveryKey } from './recovery-key.ts';

/**
 * The key file of an encrypted workspace, `NAME.medspan-key`. The database is encrypted by a random data key; the
 * file holds that key once for each way in, each time wrapped by AES-256-GCM under a key of its own:
 * a passphrase through scrypt, a key that the system's keychain keeps, and the recovery key through HKDF.
 * Without this file and without a copy of it (each folder of backups has one) the data cannot be read.
 */
const hex = (bytes: number): z.ZodString => z.string().regex(new RegExp(`^[0-9a-f]{${String(bytes * 2)}}$`));
const wrapShape = z.object({
  kind: z.enum(['passphrase', 'keychain', 'recovery']),
  salt: hex(16),
  /** scrypt's cost parameters, for a passphrase only. */
  scrypt: z
    .object({
      N: z
        .number()
        .int()
        .min(2)
        .max(2 ** 20),
      r: z.number().int().min(1).max(32),
      p: z.number().int().min(1).max(16),
    })
    .nullable(),
  nonce: hex(12),
  wrapped: hex(32),
  tag: hex(16),
});
const keyFileShape = z.object({
  format: z.literal('medspan-key/1'),
  createdAt: z.number().int(),
  wraps: z.array(wrapShape).min(1).max(10),
});

export type KeyFile = z.infer<typeof keyFileShape>;
type Wrap = z.infer<typeof wrapShape>;
type WrapKind = Wrap['kind'];

/** What a person or the keychain offers to open an encrypted workspace. */
export interface Secrets {
  readonly passphrase?: string | undefined;
  /** The keychain's key, 64 hex digits. */
  readonly key?: string | undefined;
  readonly recoveryKey?: string | undefined;
}

const scryptCost = { N: 2 ** 16, r: 8, p: 1 } as const;

export interface NewKey {
  /** 64 hex digits; never written anywhere as it is. */
  readonly dataKey: string;
  readonly file: KeyFile;
  /** Shown to the person once. */
  readonly recoveryKey: string;
}

export function createKey(
  secret: { readonly passphrase: string } | { readonly key: string },
  now: number,
): NewKey {
  const dataKey = randomBytes(32);
  const recovery = newRecoverySecret();
  const first =
    'passphrase' in secret
      ? wrap('passphrase', secret.passphrase, dataKey)
      : wrap('keychain', secret.key, dataKey);
  return {
    dataKey: dataKey.toString('hex'),
    file: { format: 'medspan-key/1', createdAt: now, wraps: [first, wrap('recovery', recovery, dataKey)] },
    recoveryKey: encodeRecoveryKey(recovery),
  };
}

/** The data key, if one of the secrets opens the file. Errors: WORKSPACE_KEY. */
export function unwrapKey(file: KeyFile, secrets: Secrets, path: string): string {
  const offered: [WrapKind, string][] = [];
  if (secrets.passphrase !== undefined) offered.push(['passphrase', secrets.passphrase]);
  if (secrets.key !== undefined) offered.push(['keychain', secrets.key]);
  if (secrets.recoveryKey !== undefined) offered.push(['recovery', decodeRecoveryKey(secrets.recoveryKey)]);
  for (const [kind, secret] of offered) {
    for (const candidate of file.wraps) {
      if (candidate.kind !== kind) continue;
      const found = unwrap(candidate, secret);
      if (found !== null) return found.toString('hex');
    }
  }
  throw refused(
    file,
    path,
    offered.map(([kind]) => kind),
  );
}

export function writeKeyFile(path: string, file: KeyFile): void {
  writeDurably(path, `${JSON.stringify(file, null, 2)}\n`);
}

export function readKeyFile(path: string): KeyFile | null {
  if (!existsSync(path)) return null;
  try {
    return keyFileShape.parse(JSON.parse(readFileSync(path, 'utf8')));
  } catch (error) {
    throw new MedspanError(
      'WORKSPACE_KEY',
      `The key file “${path}” is damaged. Put back a copy of it: the folder of backups beside the workspace has one.`,
      { path },
      { cause: error },
    );
  }
}

/** How a file is protected, by the first way in that is not the recovery key. */
export function protectionOf(file: KeyFile): 'passphrase' | 'keychain' {
  return file.wraps.some((candidate) => candidate.kind === 'passphrase') ? 'passphrase' : 'keychain';
}

function wrap(kind: WrapKind, secret: string, dataKey: Buffer): Wrap {
  const salt = randomBytes(16);
  const nonce = randomBytes(12);
  const scrypt = kind === 'passphrase' ? scryptCost : null;
  const cipher = createCipheriv('aes-256-gcm', wrappingKey(kind, secret, salt, scrypt), nonce);
  cipher.setAAD(Buffer.from(`medspan-key/1 ${kind}`));
  const wrapped = Buffer.concat([cipher.update(dataKey), cipher.final()]);
  return {
    kind,
    salt: salt.toString('hex'),
    scrypt,
    nonce: nonce.toString('hex'),
    wrapped: wrapped.toString('hex'),
    tag: cipher.getAuthTag().toString('hex'),
  };
}

function unwrap(from: Wrap, secret: string): Buffer | null {
  const key = wrappingKey(from.kind, secret, Buffer.from(from.salt, 'hex'), from.scrypt);
  const decipher = createDecipheriv('aes-256-gcm', key, Buffer.from(from.nonce, 'hex'));
  decipher.setAAD(Buffer.from(`medspan-key/1 ${from.kind}`));
  decipher.setAuthTag(Buffer.from(from.tag, 'hex'));
  try {
    return Buffer.concat([decipher.update(Buffer.from(from.wrapped, 'hex')), decipher.final()]);
  } catch {
    return null;
  }
}

function wrappingKey(kind: WrapKind, secret: string, salt: Buffer, cost: Wrap['scrypt']): Buffer {
  if (kind === 'passphrase') {
    const { N, r, p } = cost ?? scryptCost;
    // One passphrase can be typed in two Unicode forms on two keyboards.
    return scryptSync(secret.normalize('NFKC'), salt, 32, { N, r, p, maxmem: 256 * N * r });
  }
  return Buffer.from(hkdfSync('sha256', Buffer.from(secret, 'hex'), salt, `medspan ${kind}`, 32));
}

function refused(file: KeyFile, path: string, offered: readonly WrapKind[]): MedspanError {
  const how = protectionOf(file);
  const message =
    offered.length === 0
      ? how === 'passphrase'
        ? `“${path}” is encrypted. Enter its passphrase, or its recovery key.`
        : `“${path}” is encrypted, and its key lies in the keychain of the machine that made it. Open it there, or enter its recovery key.`
      : `The ${offered.map((kind) => names[kind]).join(' and the ')} given does not open “${path}”. Check it and try again, or use another way in.`;
  return new MedspanError('WORKSPACE_KEY', message, { path, protection: how, offered: offered.length });
}

const names: Record<WrapKind, string> = {
  passphrase: 'passphrase',
  keychain: 'key of the keychain',
  recovery: 'recovery key',
};
