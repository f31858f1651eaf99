/**
 * How out/ is made. Our own code is bundled; npm packages stay outside it for the processes that run on Node,
 * and go into the bundle for the window and the preload script, which can load nothing else.
 */
import react from '@vitejs/plugin-react';
import { defineConfig } from 'electron-vite';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { bundleTemplate } from '../tools/build/bundle-template.ts';

const root = path.resolve(import.meta.dirname, '..');
const at = (...names: string[]) => path.join(root, ...names);

/** Every process and thread that runs on Node, by the place of its file in out/. */
const nodeEntries = {
  'main/main': at('electron', 'main.ts'),
  'workers/engine': at('workers', 'engine', 'entries', 'engine.ts'),
  'workers/compute': at('workers', 'engine', 'entries', 'compute.ts'),
  'workers/thread': at('workers', 'engine', 'entries', 'thread.ts'),
  'workers/cli': at('workers', 'cli', 'main.ts'),
};

const present = Object.fromEntries(Object.entries(nodeEntries).filter(([, file]) => existsSync(file)));

export default defineConfig({
  main: {
    root,
    plugins: [bundleTemplate(root)],
    build: {
      outDir: at('out'),
      // out/ also holds what types, tests and the tour leave there.
      emptyOutDir: false,
      target: 'node20.18',
      minify: false,
      sourcemap: true,
      externalizeDeps: true,
      rolldownOptions: {
        input: present,
        external: [/\.node$/],
        output: {
          format: 'es',
          entryFileNames: '[name].js',
          chunkFileNames: 'workers/shared/[name]-[hash].js',
          assetFileNames: 'workers/assets/[name][extname]',
        },
      },
    },
  },
  preload: {
    root,
    build: {
      outDir: at('out', 'preload'),
      emptyOutDir: true,
      target: 'node20.18',
      minify: false,
      sourcemap: true,
      // A sandboxed preload script can require nothing but electron.
      externalizeDeps: false,
      rolldownOptions: {
        input: { preload: at('electron', 'preload.ts') },
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    root: at('renderer'),
    plugins: [react()],
    build: {
      outDir: at('out', 'renderer'),
      emptyOutDir: true,
      target: 'chrome130',
      minify: true,
      sourcemap: false,
      // The window's content policy allows no data: fonts.
      assetsInlineLimit: 0,
      rolldownOptions: { input: { index: at('renderer', 'index.html') } },
    },
  },
});
