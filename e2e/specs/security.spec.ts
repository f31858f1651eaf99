import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '../fixtures/test.ts';

// The items of Electron's own security checklist, each tried from where an attacker would stand: in the page.

test('the page has no Node, no Electron and its own context', async ({ page }) => {
  const found = await page.evaluate(() => ({
    process: typeof (globalThis as Record<string, unknown>)['process'],
    require: typeof (globalThis as Record<string, unknown>)['require'],
    buffer: typeof (globalThis as Record<string, unknown>)['Buffer'],
    ipc: typeof (globalThis as Record<string, unknown>)['ipcRenderer'],
    origin: location.origin,
    secure: isSecureContext,
  }));
  expect(found).toEqual({
    process: 'undefined',
    require: 'undefined',
    buffer: 'undefined',
    ipc: 'undefined',
    origin: 'app://medspan',
    secure: true,
  });
});

test('every process of Chromium runs in its sandbox', async ({ app, page }) => {
  await page.waitForLoadState();
  const facts = await app.evaluate(({ app: electron }) => ({
    arguments: process.argv.join(' '),
    renderers: electron.getAppMetrics().filter(({ type }) => type === 'Tab').length,
  }));
  expect(facts.arguments).not.toContain('no-sandbox');
  expect(facts.renderers).toBeGreaterThan(0);
  if (process.platform === 'linux') {
    const pids = await app.evaluate(({ app: electron }) =>
      electron
        .getAppMetrics()
        .filter(({ type }) => type === 'Tab')
        .map(({ pid }) => pid),
    );
    // A renderer under seccomp filters: mode 2 in the kernel's own words.
    for (const pid of pids) expect(readFileSync(`/proc/${pid}/status`, 'utf8')).toMatch(/^Seccomp:\s*2$/m);
  }
});

test('web preferences are the safe ones', async ({ app, page }) => {
  await page.waitForLoadState();
  const preferences = await app.evaluate(({ BrowserWindow }) => {
    const contents = BrowserWindow.getAllWindows()[0]?.webContents as unknown as {
      getLastWebPreferences(): Record<string, unknown>;
    };
    const {
      nodeIntegration,
      contextIsolation,
      sandbox,
      webSecurity,
      webviewTag,
      allowRunningInsecureContent,
    } = contents.getLastWebPreferences();
    return {
      nodeIntegration,
      contextIsolation,
      sandbox,
      webSecurity,
      webviewTag,
      allowRunningInsecureContent,
    };
  });
  expect(preferences).toEqual({
    nodeIntegration: false,
    contextIsolation: true,
    sandbox: true,
    webSecurity: true,
    webviewTag: false,
    allowRunningInsecureContent: false,
  });
});

test('permissions are denied', async ({ page }) => {
  const states = await page.evaluate(async () => {
    const names = ['camera', 'microphone', 'geolocation', 'notifications', 'clipboard-read'];
    const found: string[] = [];
    for (const name of names) {
      const { state } = await navigator.permissions.query({ name: name as PermissionName });
      found.push(state);
    }
    return found;
  });
  expect(states.filter((state) => state === 'granted')).toEqual([]);
  await expect(page.evaluate(() => navigator.mediaDevices.getUserMedia({ audio: true }))).rejects.toThrow();
});

test.describe('attempts that the page may not make', () => {
  test.use({ expectedProblems: [/Content Security Policy|Refused to|status of 404/] });

  test('scripts from a string or another origin do not run', async ({ page }) => {
    const evaluated = await page.evaluate(() => {
      const script = document.createElement('script');
      script.textContent = 'window.__injected = true';
      document.head.append(script);
      const foreign = document.createElement('script');
      foreign.src = 'https://example.org/a.js';
      document.head.append(foreign);
      return '__injected' in window;
    });
    expect(evaluated).toBe(false);
  });

  test('no request leaves the window', async ({ page }) => {
    const outcomes = await page.evaluate(async () => {
      const tryAll = [
        () => fetch('https://example.org/'),
        () => fetch('http://127.0.0.1:9/'),
        () => fetch('file:///etc/passwd'),
        () => fetch('app://medspan.evil/index.html'),
        () =>
          new Promise((resolve, reject) => {
            const socket = new WebSocket('ws://127.0.0.1:9');
            socket.onopen = resolve;
            socket.onerror = () => reject(new Error('refused'));
          }),
        () =>
          new Promise((resolve, reject) => {
            const image = new Image();
            image.onload = resolve;
            image.onerror = () => reject(new Error('refused'));
            image.src = 'https://example.org/a.png';
          }),
      ];
      const results = await Promise.allSettled(tryAll.map((attempt) => attempt()));
      return results.map(({ status }) => status);
    });
    expect(new Set(outcomes)).toEqual(new Set(['rejected']));
  });

  test('files outside the built window cannot be read', async ({ page }) => {
    const statuses = await page.evaluate(async () => {
      const load = (source: string) =>
        new Promise<string>((resolve) => {
          const script = document.createElement('script');
          script.src = source;
          script.onload = () => resolve('loaded');
          script.onerror = () => resolve('refused');
          document.head.append(script);
        });
      return Promise.all(
        [
          '/..%2f..%2fpackage.json',
          '/%2e%2e/main/main.js',
          '/../main/main.js',
          '/assets/../../main/main.js',
        ].map(load),
      );
    });
    expect(new Set(statuses)).toEqual(new Set(['refused']));
  });
});

test('the window stays where it is', async ({ app, page }) => {
  const before = page.url();
  await page.evaluate(() => {
    const link = document.createElement('a');
    link.href = 'https://example.org/?next=app://medspan';
    document.body.append(link);
    link.click();
    link.remove();
  });
  const opened = await page.evaluate(() => window.open('https://example.org/') === null);
  expect(opened).toBe(true);
  expect(await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(1);
  expect(page.url()).toBe(before);
});

test('messages that the window has no right to send are refused', async ({ page }) => {
  const answers = await page.evaluate(async () => {
    const desktop = (
      window as unknown as { medspan: Record<string, (...input: unknown[]) => Promise<unknown>> }
    ).medspan;
    const attempts = [
      () => desktop['setPreference']?.('../../etc/passwd', 1),
      () => desktop['setPreference']?.('big', 'x'.repeat(100_000)),
      () => desktop['setTheme']?.('sepia'),
      () => desktop['showItemInFolder']?.({ path: '/' }),
    ];
    const results = await Promise.allSettled(attempts.map(async (attempt) => attempt()));
    return results.map(({ status }) => status);
  });
  expect(answers).toEqual(['rejected', 'rejected', 'rejected', 'rejected']);
  expect(
    await page.evaluate(() => Object.keys((window as unknown as { medspan: object }).medspan)),
  ).not.toContain('ipcRenderer');
});

test('a normal session makes no request beyond its own files, and logs name no note', async ({
  page,
  running,
}) => {
  await page.waitForLoadState();
  const about = await page.evaluate(() =>
    (window as unknown as { medspan: { about(): Promise<{ cancelledRequests: number }> } }).medspan.about(),
  );
  expect(about.cancelledRequests).toBe(0);
  const logs = join(running.userData, 'logs');
  for (const name of readdirSync(logs))
    expect(readFileSync(join(logs, name), 'utf8')).not.toContain('"text"');
});
