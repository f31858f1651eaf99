import { describe, expect, it } from 'vitest';
import { nameProblem, passphraseProblem, pathIn } from './new-workspace-rules.ts';

describe('a new workspace', () => {
  it('takes names that all three systems take, and no others', () => {
    expect(nameProblem('Ward 7, Zürich')).toBeNull();
    for (const bad of ['', '   ', 'a/b', 'a\\b', 'a:b', '.hidden', 'x'.repeat(121), 'what?']) {
      expect([bad, nameProblem(bad)]).not.toEqual([bad, null]);
    }
  });

  it('puts the file into the folder in the way of its system', () => {
    expect(pathIn('/home/ann/', ' Ward 7 ')).toBe('/home/ann/Ward 7.medspan');
    expect(pathIn('C:\\Users\\Ann', 'Ward 7')).toBe('C:\\Users\\Ann\\Ward 7.medspan');
  });

  it('asks for a passphrase of eight characters, typed twice alike', () => {
    const of = (passphrase: string, repeated = passphrase) =>
      passphraseProblem({ path: '/w.medspan', protection: 'passphrase', passphrase, repeated });
    expect(of('seven77')).toMatch(/8 characters/);
    expect(of('long enough', 'long enouhg')).toMatch(/differ/);
    expect(of('long enough')).toBeNull();
    expect(passphraseProblem({ path: '/w', protection: 'none', passphrase: '', repeated: '' })).toBeNull();
  });
});
