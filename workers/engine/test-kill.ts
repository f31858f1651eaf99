import { expect } from 'vitest';
import { existsSync } from 'node:fs';
import { checkFile } from '../storage/integrity.ts';
import type { TestFolder } from '../storage/test-folder.ts';
import { spawnEngine } from './fork-engine.ts';

/**
 * Writes through a real engine process, kills it without warning while it writes, and looks at what is left: the
 * file must be sound and hold every write that was acknowledged. Returns how many those were.
 */
export async function killWhileWriting(
  folder: TestFolder,
  name: string,
  afterMilliseconds: number,
  secrets: { readonly passphrase?: string } = {},
): Promise<number> {
  const path = folder.file(name);
  const engine = spawnEngine();
  if (existsSync(path)) await engine.call('workspace.open', { path, ...secrets });
  else {
    await engine.call('workspace.create', {
      path,
      ...(secrets.passphrase === undefined
        ? {}
        : { protection: 'passphrase', passphrase: secrets.passphrase }),
    });
  }
  const acknowledged: string[] = [];
  const timer = setTimeout(() => engine.process.kill('SIGKILL'), afterMilliseconds);
  const round = String(Math.trunc(performance.now()));
  // Several in flight, so that the kill meets work at every stage; one of them backs up all the time.
  const backups = (async () => {
    while (engine.process.exitCode === null && engine.process.signalCode === null) {
      await engine.call('workspace.backupNow', {});
    }
  })().catch(() => undefined);
  const writers = Array.from({ length: 4 }, async (_, writer) => {
    for (let at = 0; ; at += 1) {
      const profile = await engine.call('workspace.useProfile', {
        name: `${round} ${String(writer)} ${String(at)}`,
      });
      acknowledged.push(profile.name);
    }
  });
  const ends = await Promise.allSettled(writers);
  clearTimeout(timer);
  for (const end of ends) expect(end).toMatchObject({ status: 'rejected', reason: { code: 'ENGINE_DOWN' } });
  await backups;
  await engine.shutDown();
  expect(engine.process.signalCode).toBe('SIGKILL');

  const next = spawnEngine();
  await next.call('workspace.open', { path, ...secrets });
  const names = new Set((await next.call('workspace.profiles', {})).map((profile) => profile.name));
  expect(acknowledged.filter((each) => !names.has(each))).toEqual([]);
  await next.shutDown();
  if (secrets.passphrase === undefined) checkFile(path, null);
  return acknowledged.length;
}
