import { expect, it } from 'vitest';
import { readArguments } from './arguments.ts';

it('reads our words among those of Chromium', () => {
  expect(
    readArguments(['--enable-logging', '--workspace', '/a b/c.medspan', '--user-data=/u', '--lang=de'], {}),
  ).toEqual({ workspace: '/a b/c.medspan', sample: false, userData: '/u' });
});

it('takes a lone workspace file, as a double click gives it', () => {
  expect(readArguments(['/data/ward.medspan'], {}).workspace).toBe('/data/ward.medspan');
});

it('takes the folder for settings from the environment', () => {
  expect(readArguments(['--sample'], { MEDSPAN_USER_DATA: '/u' })).toEqual({
    workspace: null,
    sample: true,
    userData: '/u',
  });
});
