import { expect, it } from 'vitest';
import { makeTestFolder } from '../storage/test-folder.ts';
import { killWhileWriting } from './test-kill.ts';

it('an engine that is killed while it writes loses nothing that it had acknowledged', async () => {
  const folder = makeTestFolder();
  let acknowledged = 0;
  for (const after of [60, 140]) acknowledged += await killWhileWriting(folder, 'a.medspan', after);
  expect(acknowledged).toBeGreaterThan(10);
  folder.remove();
});
