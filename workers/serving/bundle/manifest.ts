import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import type { BundleManifest } from '../../api/registry.ts';

/** A bundle that cannot be trusted or read; the message names the file and the way out. */
export class BundleError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'BundleError';
  }
}

const wayOut = 'Export the bundle again, or copy it again from where it came.';

/** Reads the manifest and checks every file against it. Returns the manifest and the bytes of all files. */
export function openBundle(folder: string): { manifest: BundleManifest; read: (name: string) => Uint8Array } {
  const manifest = readManifest(path.join(folder, 'manifest.json'));
  const contents = new Map<string, Uint8Array>();
  for (const [name, expected] of Object.entries(manifest.files)) {
    const file = resolveInside(folder, name);
    let bytes: Uint8Array;
    try {
      bytes = readFileSync(file);
    } catch (error) {
      throw new BundleError(`${name} of the bundle is missing or cannot be read. ${wayOut}`, {
        cause: error,
      });
    }
    if (createHash('sha256').update(bytes).digest('hex') !== expected.sha256) {
      throw new BundleError(
        `${name} is not the file that the bundle was made with: its SHA-256 differs. ${wayOut}`,
      );
    }
    contents.set(name, bytes);
  }
  refuseStrangers(folder, manifest);
  return {
    manifest,
    read(name) {
      const bytes = contents.get(name);
      if (bytes === undefined) throw new BundleError(`manifest.json does not list ${name}. ${wayOut}`);
      return bytes;
    },
  };
}

function readManifest(file: string): BundleManifest {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    throw new BundleError(`There is no manifest.json beside this program. ${wayOut}`, { cause: error });
  }
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new BundleError(`manifest.json is not valid JSON. ${wayOut}`, { cause: error });
  }
  if (!isManifest(value)) {
    throw new BundleError(`manifest.json is not a manifest of a Medspan bundle of this version. ${wayOut}`);
  }
  return value;
}

function isManifest(value: unknown): value is BundleManifest {
  if (typeof value !== 'object' || value === null) return false;
  const manifest = value as Partial<Record<keyof BundleManifest, unknown>>;
  if (manifest.format !== 'medspan-bundle/1') return false;
  for (const key of ['modelVersion', 'medspan', 'model', 'vocabulary', 'golden'] as const) {
    if (typeof manifest[key] !== 'string') return false;
  }
  if (typeof manifest.files !== 'object' || manifest.files === null) return false;
  return Object.values(manifest.files as Record<string, unknown>).every(
    (entry) =>
      typeof entry === 'object' &&
      entry !== null &&
      typeof (entry as { sha256?: unknown }).sha256 === 'string',
  );
}

function resolveInside(folder: string, name: string): string {
  const file = path.resolve(folder, name);
  if (!file.startsWith(path.resolve(folder) + path.sep)) {
    throw new BundleError(`manifest.json names a file outside the bundle. ${wayOut}`);
  }
  return file;
}

/** A program file that the manifest does not know could be loaded in a listed one's place. */
function refuseStrangers(folder: string, manifest: BundleManifest): void {
  for (const name of readdirSync(folder)) {
    if (!/\.(m?js|cjs|node|json)$/.test(name) || name === 'manifest.json') continue;
    if (name in manifest.files || !statSync(path.join(folder, name)).isFile()) continue;
    throw new BundleError(
      `${name} lies in the bundle, but the manifest does not list it. Take it out of the folder.`,
    );
  }
}
