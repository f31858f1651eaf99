import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { createKey, unwrapKey } from './key-file.ts';
import { decodeRecoveryKey, encodeRecoveryKey } from './recovery-key.ts';

const refused = (how: string) =>
  expect.objectContaining({
    code: 'WORKSPACE_KEY',
    message: expect.stringContaining(how) as string,
  }) as Error;

describe('the key file', () => {
  it('opens by passphrase and by recovery key, and holds neither the data key nor them', () => {
    const made = createKey({ passphrase: 'blue tram at noon' }, 5);
    expect(made.dataKey).toMatch(/^[0-9a-f]{64}$/);
    expect(unwrapKey(made.file, { passphrase: 'blue tram at noon' }, 'p')).toBe(made.dataKey);
    expect(unwrapKey(made.file, { recoveryKey: made.recoveryKey }, 'p')).toBe(made.dataKey);
    expect(unwrapKey(made.file, { passphrase: 'wrong', recoveryKey: made.recoveryKey }, 'p')).toBe(
      made.dataKey,
    );
    const stored = JSON.stringify(made.file);
    expect(stored).not.toContain(made.dataKey);
    expect(stored).not.toContain(decodeRecoveryKey(made.recoveryKey));
  });

  it('opens by the key of a keychain', () => {
    const key = '0f'.repeat(32);
    const made = createKey({ key }, 5);
    expect(unwrapKey(made.file, { key }, 'p')).toBe(made.dataKey);
    expect(() => unwrapKey(made.file, { key: '1f'.repeat(32) }, 'p')).toThrow(refused('keychain'));
    expect(() => unwrapKey(made.file, {}, 'p')).toThrow(refused('recovery key'));
  });

  it('refuses a wrong passphrase, none, and a changed file', () => {
    const made = createKey({ passphrase: 'right' }, 5);
    expect(() => unwrapKey(made.file, { passphrase: 'Right' }, 'p')).toThrow(refused('passphrase'));
    expect(() => unwrapKey(made.file, {}, 'p')).toThrow(refused('Enter its passphrase'));
    const [first, ...rest] = made.file.wraps;
    if (first === undefined) throw new Error('no way in');
    const changed = { ...made.file, wraps: [{ ...first, wrapped: '00'.repeat(32) }, ...rest] };
    expect(() => unwrapKey(changed, { passphrase: 'right' }, 'p')).toThrow(refused('passphrase'));
  });

  it('takes one passphrase in either Unicode form', () => {
    const made = createKey({ passphrase: 'caf\u00e9' }, 5);
    expect(unwrapKey(made.file, { passphrase: 'cafe\u0301' }, 'p')).toBe(made.dataKey);
  });
});

describe('a recovery key', () => {
  it('survives paper: case, spaces, dashes, O for 0, I and L for 1', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 20, maxLength: 20 }), (bytes) => {
        const secret = Buffer.from(bytes).toString('hex');
        const written = encodeRecoveryKey(secret);
        expect(written).toMatch(/^([0-9A-HJKMNP-TV-Z]{4}-){7}[0-9A-HJKMNP-TV-Z]{4}$/);
        expect(decodeRecoveryKey(written)).toBe(secret);
        expect(
          decodeRecoveryKey(
            written.toLowerCase().replaceAll('-', ' ').replaceAll('0', 'o').replaceAll('1', 'l'),
          ),
        ).toBe(secret);
      }),
    );
  });

  it.each(['', 'ABCD', 'U'.repeat(32), '1'.repeat(33)])('refuses “%s”', (text) => {
    expect(() => decodeRecoveryKey(text)).toThrow(refused('eight groups'));
  });
});
