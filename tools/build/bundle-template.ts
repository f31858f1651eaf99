/**
 * The programs of an exported bundle: serve.mjs and tag.mjs, one self-contained file each, for a plain Node
 * with nothing installed. Made together with the app, which copies them into every bundle it exports.
 */
import { existsSync, rmSync } from 'node:fs';
import { builtinModules } from 'node:module';
import path from 'node:path';
import { build, type Plugin } from 'vite';

const programs = ['serve', 'tag'];

export function bundleTemplate(root: string): Plugin {
  return {
    name: 'medspan-bundle-template',
    apply: 'build',
    buildStart() {
      // What an earlier build left behind must not end up in a package.
      for (const folder of ['main', 'workers', 'bundle-template']) {
        rmSync(path.join(root, 'out', folder), { recursive: true, force: true });
      }
    },
    async closeBundle() {
      for (const name of programs) {
        const input = path.join(root, 'workers', 'serving', 'bundle', `${name}.ts`);
        if (existsSync(input)) await buildProgram(root, name, input);
      }
    },
  };
}

async function buildProgram(root: string, name: string, input: string): Promise<void> {
  await build({
    configFile: false,
    root,
    logLevel: 'warn',
    // Everything but Node's own modules goes into the file.
    ssr: { noExternal: true },
    build: {
      ssr: input,
      outDir: path.join(root, 'out', 'bundle-template'),
      emptyOutDir: false,
      copyPublicDir: false,
      target: 'node20',
      minify: false,
      rolldownOptions: {
        input: { [name]: input },
        external: [...builtinModules, ...builtinModules.map((module) => `node:${module}`)],
        output: { format: 'es', entryFileNames: '[name].mjs', codeSplitting: false },
      },
    },
  });
}
