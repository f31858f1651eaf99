/** End-to-end tests: the built app in real Electron, its sandbox on. `npm run e2e` sets up and starts them. */
import { defineConfig } from '@playwright/test';
import path from 'node:path';

const results = path.resolve(import.meta.dirname, '..', 'out', 'test');
const report = process.env['MEDSPAN_E2E_REPORT'];
const long = process.env['MEDSPAN_LONG'] === '1';

export default defineConfig({
  testDir: import.meta.dirname,
  testMatch: long ? '**/*.long.ts' : 'specs/**/*.spec.ts',
  outputDir: path.join(results, 'e2e'),
  fullyParallel: true,
  workers: long ? 1 : 2,
  retries: 0,
  forbidOnly: Boolean(process.env['CI']),
  timeout: long ? 8 * 60_000 : 60_000,
  expect: { timeout: 10_000 },
  reporter: report ? [['list'], ['json', { outputFile: report }]] : [['list']],
});
