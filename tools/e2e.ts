/** `npm run e2e -- [Playwright's arguments]`: the app in real Electron, with nothing else before it. */
import { spawn } from 'node:child_process';
import { openDisplay } from './display.ts';
import { setUpApp } from './setup/all.ts';
import { packageFile } from './setup/package-file.ts';
import { projectRoot } from './setup/places.mjs';

await setUpApp();
const display = await openDisplay();
const cli = packageFile('@playwright/test', 'cli.js');
const child = spawn(
  process.execPath,
  [cli, 'test', '--config', 'e2e/playwright.config.ts', ...process.argv.slice(2)],
  { cwd: projectRoot, stdio: 'inherit', env: { ...process.env, ...display.environment } },
);
process.on('SIGINT', () => {});
child.on('exit', (code) => {
  display.close();
  process.exit(code ?? 1);
});
