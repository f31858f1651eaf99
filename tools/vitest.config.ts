/**
 * Unit, property and engine tests: everything that needs no window. One project a room, so that a failure
 * names the room; `--project NAME` runs one of them. Long runs (`*.long.ts`) have a command of their own.
 */
import path from 'node:path';
import { defineConfig } from 'vitest/config';

const root = path.resolve(import.meta.dirname, '..');
const rooms = ['crf-core', 'workers', 'electron', 'renderer', 'tools'];
const long = process.env['MEDSPAN_LONG'] === '1';

export default defineConfig({
  root,
  cacheDir: path.join(root, 'node_modules', '.vite-unit'),
  test: {
    // Real processes: native SQLite and worker threads behave there as they do in the app.
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: long ? 8 * 60_000 : 20_000,
    hookTimeout: long ? 8 * 60_000 : 30_000,
    passWithNoTests: true,
    projects: rooms.map((room) => ({
      extends: true as const,
      test: {
        name: room,
        root,
        environment: 'node',
        include: long ? [`${room}/**/*.long.ts`] : [`${room}/**/*.test.ts`, `${room}/**/*.test.tsx`],
        exclude: ['**/node_modules/**', 'out/**'],
      },
    })),
  },
});
