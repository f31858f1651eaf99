import { readFileSync } from 'node:fs';
import { expect, test } from '../fixtures/test.ts';

test('the window runs sandboxed as an ordinary user, without Node', async ({ app, page }) => {
  const facts = await app.evaluate(({ app: electron }) => ({
    uid: process.getuid?.() ?? 1000,
    switches: ['no-sandbox', 'disable-setuid-sandbox'].filter((name) => electron.commandLine.hasSwitch(name)),
  }));
  expect(facts.uid).not.toBe(0);
  expect(facts.switches).toEqual([]);
  expect(await page.evaluate(() => typeof process)).toBe('undefined');
});

test("Chromium's own sandbox is on in every window", async ({ app, page }) => {
  test.skip(process.platform !== 'linux', 'the kernel tells so on Linux only');
  await expect(page.locator('body')).toBeVisible();
  const pids = await app.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows().map((window) => window.webContents.getOSProcessId()),
  );
  expect(pids.length).toBeGreaterThan(0);
  for (const pid of pids) {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    // 2 is a system-call filter; and no way back to more rights.
    expect(status).toMatch(/^Seccomp:\s+2$/m);
    expect(status).toMatch(/^NoNewPrivs:\s+1$/m);
  }
});

test('each app has a settings folder of its own', async ({ app, launch, running }) => {
  const other = await launch();
  const folders = await Promise.all(
    [app, other.app].map((one) => one.evaluate(({ app: electron }) => electron.getPath('userData'))),
  );
  expect(folders[0]).toBe(running.userData);
  expect(folders[1]).not.toBe(folders[0]);
});
