/**
 * Builds the WebAssembly kernel from its source and writes it into `kernel/module.ts`:
 *
 *     node crf-core/kernel/build/build-kernel.ts
 *
 * A test builds it again and compares, so the module can never differ from the source beside it.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import asc from 'assemblyscript/asc';
import { emitChains } from './emit-chains.ts';

const kernelFolder = join(import.meta.dirname, '..');
const assembly = join(kernelFolder, 'assembly');

/** Compiles the source in memory. `chains.ts` is emitted anew, never read from the disk. */
export async function compileKernel(): Promise<Uint8Array> {
  let binary: Uint8Array | undefined;
  const { error, stderr } = await asc.main(
    [
      'kernel.ts',
      '--outFile=kernel.wasm',
      '--runtime=stub',
      '--noAssert',
      '-O3',
      '--enable=simd',
      '--importMemory',
      '--maximumMemory=65536',
      '--initialMemory=1',
      '--memoryBase=0',
      '--noExportMemory',
    ],
    {
      readFile: (name: string) => {
        const file = name.replaceAll('\\', '/').split('/').at(-1)!;
        if (file === 'chains.ts') return emitChains();
        try {
          return readFileSync(join(assembly, file.replace(/\.ts$/, '.as')), 'utf8');
        } catch {
          return null;
        }
      },
      writeFile: (name: string, contents: string | Uint8Array) => {
        if (name.endsWith('.wasm') && typeof contents !== 'string') binary = contents;
      },
      listFiles: () => [],
    },
  );
  if (error !== null || binary === undefined)
    throw new Error(`The kernel does not compile:\n${stderr.toString()}`);
  return binary;
}

/** The text of `kernel/module.ts` for a compiled kernel. */
export function moduleSource(binary: Uint8Array): string {
  const text = Buffer.from(binary).toString('base64');
  const lines = text.match(/.{1,100}/g) ?? [];
  return (
    '// Written by build/build-kernel.ts from assembly/. Never edit by hand.\n' +
    '/** The compiled kernel, base 64. */\n' +
    `export const kernelModule =\n${lines.map((line) => `  '${line}'`).join(' +\n')};\n`
  );
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const binary = await compileKernel();
  writeFileSync(join(kernelFolder, 'module.ts'), moduleSource(binary));
  console.log(`kernel: ${binary.length} bytes`);
}
