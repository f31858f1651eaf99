import { MedspanError } from '../../../workers/api/errors.ts';

/** What opens an encrypted file; empty for one that needs nothing. */
export interface Secrets {
  readonly passphrase?: string;
  readonly key?: string;
  readonly recoveryKey?: string;
}

export interface TypedSecret {
  readonly kind: 'passphrase' | 'recoveryKey';
  readonly text: string;
}

export const noSecret: TypedSecret = { kind: 'passphrase', text: '' };

export function needsKey(error: unknown): boolean {
  return error instanceof MedspanError && error.code === 'WORKSPACE_KEY';
}

function secretsOf({ kind, text }: TypedSecret): Secrets {
  return kind === 'passphrase' ? { passphrase: text } : { recoveryKey: text.trim() };
}

/**
 * Does something with a file that may be encrypted: with what was typed, if anything was; else without a key, and once
 * more with the key that this machine's keychain holds for the path.
 */
export async function withSecrets<Result>(
  path: string,
  typed: TypedSecret,
  act: (secrets: Secrets) => Promise<Result>,
): Promise<Result> {
  if (typed.text !== '') return act(secretsOf(typed));
  try {
    return await act({});
  } catch (error) {
    if (!needsKey(error)) throw error;
    const kept = await window.medspan.keychainKey(path);
    if (!kept.ok) throw error;
    return act({ key: kept.key });
  }
}
