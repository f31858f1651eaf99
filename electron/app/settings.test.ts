import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { SettingsFile } from './settings.ts';

let path: string;
beforeEach(() => {
  path = join(mkdtempSync(join(tmpdir(), 'medspan-settings-')), 'settings.json');
});

describe('SettingsFile', () => {
  it('starts from the defaults and keeps what is set', () => {
    const settings = new SettingsFile(path);
    expect(settings.get().theme).toBe('system');
    settings.update({ theme: 'dark' });
    expect(new SettingsFile(path).get().theme).toBe('dark');
  });

  it('falls back to the last good version and says so', () => {
    const settings = new SettingsFile(path);
    settings.update({ theme: 'dark' });
    settings.update({ lastFolder: '/somewhere' });
    writeFileSync(path, readFileSync(path, 'utf8').slice(0, 20));
    const again = new SettingsFile(path);
    expect(again.get().theme).toBe('dark');
    expect(again.notice).toMatch(/last good version/);
  });

  it('falls back to the defaults when nothing can be read', () => {
    writeFileSync(path, '\0\0\0');
    const settings = new SettingsFile(path);
    expect(settings.get().theme).toBe('system');
    expect(settings.notice).toMatch(/defaults/);
  });
});
