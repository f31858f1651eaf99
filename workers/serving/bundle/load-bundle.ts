import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { CrfError, WordSet } from '../../../crf-core/index.ts';
import type { BundleManifest } from '../../api/registry.ts';
import type { NoteTagger } from './log-line.ts';
import { BundleError, openBundle } from './manifest.ts';

import { createNoteTagger } from './note-tagger.ts';

export interface LoadedBundle {
  readonly manifest: BundleManifest;
  readonly tag: NoteTagger;
  readonly read: (name: string) => Uint8Array;
}

/** Checks a bundle against its manifest, file by file, and makes its tagger. */
export function loadBundle(folder: string): LoadedBundle {
  const { manifest, read } = openBundle(folder);
  try {
    const vocabulary = WordSet.decode(read(manifest.vocabulary));
    if (vocabulary === null) throw new BundleError(`${manifest.vocabulary} is not a set of words.`);
    return { manifest, read, tag: createNoteTagger(read(manifest.model), vocabulary) };
  } catch (error) {
    if (!(error instanceof CrfError)) throw error;
    throw new BundleError(`${manifest.model} cannot be used: ${error.message}`, { cause: error });
  }
}

/** The folder that the running program lies in: a bundle's programs lie in the bundle. */
export function ownFolder(moduleUrl: string): string {
  return path.dirname(fileURLToPath(moduleUrl));
}
