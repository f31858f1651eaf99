import { describe, expect, it } from 'vitest';
import { locationWarning } from './location-warning.ts';

const mounts = [
  '/dev/sda1 / ext4 rw 0 0',
  'server:/export /mnt/share nfs4 rw 0 0',
  '//ward/data /mnt/My\\040Share cifs rw 0 0',
].join('\n');

describe('where a workspace lies', () => {
  it.each([
    ['/home/a/Dropbox/x.medspan', 'Dropbox'],
    ['/home/a/Dropbox (Clinic)/deep/x.medspan', 'Dropbox'],
    ['C:\\Users\\a\\OneDrive - Clinic\\x.medspan', 'OneDrive'],
    ['/Users/a/Library/Mobile Documents/com~apple~CloudDocs/x.medspan', 'iCloud'],
    ['/home/a/Nextcloud/x.medspan', 'Nextcloud'],
    ['/mnt/share/x.medspan', 'network drive'],
    ['/mnt/My Share/x.medspan', 'network drive'],
    ['\\\\server\\share\\x.medspan', 'network drive'],
  ])('warns of %s', (path, name) => {
    expect(locationWarning(path, mounts)).toContain(name);
  });

  it.each(['/home/a/x.medspan', '/home/a/Dropbox.medspan', '/mnt/shared/x.medspan', '/home/boxes/x.medspan'])(
    'says nothing of %s',
    (path) => {
      expect(locationWarning(path, mounts)).toBeNull();
    },
  );
});
