import { safeStorage } from 'electron';
import { randomBytes } from 'node:crypto';
import type { KeychainAnswer } from '../../workers/api/desktop.ts';
import type { SettingsFile } from './settings.ts';

/** A backend that would keep the key in plain text protects nothing and is refused. */
function backend(): { readonly name: string } | { readonly refused: string } {
  if (!safeStorage.isEncryptionAvailable()) {
    return { refused: 'This system offers no keychain. Choose a passphrase instead.' };
  }
  const name = process.platform === 'linux' ? safeStorage.getSelectedStorageBackend() : process.platform;
  if (name === 'basic_text' || name === 'unknown') {
    return { refused: 'This system would keep the key in plain text. Choose a passphrase instead.' };
  }
  return { name };
}

export function createKeychainKey(settings: SettingsFile, path: string): KeychainAnswer {
  const found = backend();
  if ('refused' in found) return { ok: false, reason: found.refused };
  const key = randomBytes(32).toString('hex');
  const wrapped = safeStorage.encryptString(key).toString('base64');
  settings.update({ keys: { ...settings.get().keys, [path]: { wrapped, backend: found.name } } });
  return { ok: true, key };
}

export function keychainKey(settings: SettingsFile, path: string): KeychainAnswer {
  const kept = settings.get().keys[path];
  if (kept === undefined) {
    return { ok: false, reason: 'No key of this workspace is kept on this machine. Use its recovery key.' };
  }
  const found = backend();
  if ('refused' in found) return { ok: false, reason: `${found.refused} Or open it with its recovery key.` };
  try {
    return { ok: true, key: safeStorage.decryptString(Buffer.from(kept.wrapped, 'base64')) };
  } catch {
    return {
      ok: false,
      reason: `The keychain (${found.name}) cannot unwrap the key that ${kept.backend} wrapped. Use the recovery key.`,
    };
  }
}
