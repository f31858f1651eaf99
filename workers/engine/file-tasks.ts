import { task } from './context.ts';

/** Reads a whole file and refuses what is broken; see `checkFile`. */
export const checkFileTask = task<{ readonly path: string; readonly key: string | null }, null>(
  'engine.check-file',
);

/** Copies an encrypted workspace as it stands at one moment into a new file of the same key. */
export const copyEncryptedTask = task<
  { readonly path: string; readonly key: string; readonly to: string },
  null
>('engine.copy-encrypted');
