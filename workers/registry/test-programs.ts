import { createHash } from 'node:crypto';
import { existsSync, globSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { build } from 'vite';

const root = path.resolve(import.meta.dirname, '..', '..');

/**
 * For tests: the programs of a bundle as the build makes them, from the present sources, and the folder that they
 * lie in. Made once for each state of the sources.
 */
export async function builtPrograms(): Promise<string> {
  const sources = ['crf-core/**/*.ts', 'workers/serving/bundle/*.ts', 'workers/api/*.ts'].flatMap((pattern) =>
    globSync(pattern, { cwd: root }),
  );
  const hash = createHash('sha256');
  for (const file of sources.toSorted()) {
    if (!file.endsWith('.test.ts')) hash.update(file).update(readFileSync(path.join(root, file)));
  }
  const folder = path.join(tmpdir(), `medspan-programs-${hash.digest('hex').slice(0, 16)}`);
  if (existsSync(folder)) return folder;
  const made = `${folder}-${String(process.pid)}`;
  mkdirSync(made, { recursive: true });
  for (const name of ['serve', 'tag']) await buildProgram(name, made);
  try {
    renameSync(made, folder);
  } catch {
    // Another test process was faster.
    rmSync(made, { recursive: true, force: true });
  }
  return folder;
}

async function buildProgram(name: string, folder: string): Promise<void> {
  const input = path.join(root, 'workers', 'serving', 'bundle', `${name}.ts`);
  await build({
    configFile: false,
    root,
    logLevel: 'error',
    ssr: { noExternal: true },
    build: {
      ssr: input,
      outDir: folder,
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
