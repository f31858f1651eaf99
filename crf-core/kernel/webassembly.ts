import { kernelModule } from './module.ts';
import type { Kernel } from './protocol.ts';

/** The little of WebAssembly that is used, so that no platform's type library is needed. */
interface WebAssemblyApi {
  Module: new (bytes: Uint8Array) => object;
  Instance: new (module: object, imports: object) => { readonly exports: Record<string, unknown> };
  Memory: new (limits: { initial: number; maximum: number; shared?: boolean }) => KernelMemory;
  validate(bytes: Uint8Array): boolean;
}

/** A WebAssembly memory. */
export interface KernelMemory {
  readonly buffer: ArrayBufferLike;
}

const api = (globalThis as { WebAssembly?: WebAssemblyApi }).WebAssembly;
const pageBytes = 65536;

function decodeBase64(text: string): Uint8Array {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
  const codes = new Uint8Array(128);
  for (let index = 0; index < 64; index++) codes[alphabet.charCodeAt(index)] = index;
  const padding = text.endsWith('==') ? 2 : text.endsWith('=') ? 1 : 0;
  const bytes = new Uint8Array((text.length / 4) * 3 - padding);
  let at = 0;
  for (let index = 0; index < text.length; index += 4) {
    const bits =
      (codes[text.charCodeAt(index)]! << 18) |
      (codes[text.charCodeAt(index + 1)]! << 12) |
      ((codes[text.charCodeAt(index + 2)] ?? 0) << 6) |
      (codes[text.charCodeAt(index + 3)] ?? 0);
    bytes[at++] = bits >> 16;
    if (at < bytes.length) bytes[at++] = (bits >> 8) & 255;
    if (at < bytes.length) bytes[at++] = bits & 255;
  }
  return bytes;
}

/** One LEB128 number and where it ends. */
function readVarint(bytes: Uint8Array, start: number): { value: number; next: number } {
  let value = 0;
  let shift = 0;
  let next = start;
  for (;;) {
    const byte = bytes[next++]!;
    value |= (byte & 127) << shift;
    if (byte < 128) return { value, next };
    shift += 7;
  }
}

/**
 * The same module importing a shared memory: only the flag of the memory's limits differs, 3 instead of 1. The kernel
 * has no other import, so the flag stands right behind the two names of the first import.
 */
function asShared(plain: Uint8Array): Uint8Array {
  const bytes = plain.slice();
  let at = 8;
  for (;;) {
    const id = bytes[at]!;
    const size = readVarint(bytes, at + 1);
    if (id !== 2) {
      at = size.next + size.value;
      continue;
    }
    let next = readVarint(bytes, size.next).next;
    for (let name = 0; name < 2; name++) {
      const length = readVarint(bytes, next);
      next = length.next + length.value;
    }
    bytes[next + 1] = 3;
    return bytes;
  }
}

const compiled = new Map<boolean, object>();

/** Whether WebAssembly with SIMD runs here. */
export function hasWebAssembly(): boolean {
  return api !== undefined && api.validate(decodeBase64(kernelModule));
}

/** A memory for the kernel. */
export function createMemory(bytes: number, shared: boolean): KernelMemory {
  const pages = Math.max(1, Math.ceil(bytes / pageBytes));
  return new api!.Memory({ initial: pages, maximum: pages, ...(shared ? { shared } : {}) });
}

/** The WebAssembly kernel on a memory. */
export function createWebAssemblyKernel(memory: KernelMemory): Kernel {
  const shared = typeof SharedArrayBuffer !== 'undefined' && memory.buffer instanceof SharedArrayBuffer;
  let module = compiled.get(shared);
  if (module === undefined) {
    const plain = decodeBase64(kernelModule);
    module = new api!.Module(shared ? asShared(plain) : plain);
    compiled.set(shared, module);
  }
  const instance = new api!.Instance(module, { env: { memory } });
  return { execute: instance.exports['execute'] as Kernel['execute'] };
}
