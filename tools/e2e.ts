/** `npm run e2e -- [Playwright's arguments]`: the app in real Electron, with nothing else before it. */
import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import path from 'node:path';
import { openDisplay } from './display.ts';
import { setUpApp } from './setup/all.ts';
import { projectRoot } from './setup/places.mjs';

await setUpApp();
const display = await openDisplay();
const require = createRequire(path.join(projectRoot, 'package.json'));
const cli = path.join(path.dirname(require.resolve('@playwright/test/package.json')), 'cli.js');
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
