import { expect, it } from 'vitest';
import { makeTestFolder } from '../storage/test-folder.ts';
import { killWhileWriting } from './test-kill.ts';

/** A kill may fall anywhere: into a commit, a checkpoint, a backup's copy, its check, its renaming. */
it.each([{}, { passphrase: 'green door' }])(
  'forty kills lose nothing that was acknowledged (%o)',
  async (secrets) => {
    const folder = makeTestFolder();
    let acknowledged = 0;
    for (let round = 0; round < 40; round += 1) {
      acknowledged += await killWhileWriting(folder, 'a.medspan', 20 + ((round * 37) % 400), secrets);
    }
    expect(acknowledged).toBeGreaterThan(400);
    folder.remove();
  },
);
