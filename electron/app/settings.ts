import { existsSync, readFileSync, copyFileSync } from 'node:fs';
import writeFileAtomic from 'write-file-atomic';
import { z } from 'zod';

const settingsShape = z.object({
  theme: z.enum(['system', 'light', 'dark']).default('system'),
  window: z
    .object({
      x: z.number().int(),
      y: z.number().int(),
      width: z.number().int().min(400),
      height: z.number().int().min(300),
      maximized: z.boolean(),
    })
    .nullable()
    .default(null),
  recent: z.array(z.object({ path: z.string(), openedAt: z.number() })).default([]),
  preferences: z.record(z.string(), z.json()).default({}),
  /** Workspace keys wrapped by the system's keychain, by path, with the backend that wrapped them. */
  keys: z.record(z.string(), z.object({ wrapped: z.string(), backend: z.string() })).default({}),
  lastFolder: z.string().nullable().default(null),
  /** Set after the graphics process crashed, so that the next start does without it. */
  withoutGpu: z.boolean().default(false),
});

export type Settings = z.output<typeof settingsShape>;

/**
 * Settings of this user on this machine, in one JSON file. Written whole and atomically; the last good version is
 * kept beside it, so that a crash or another program's meddling costs at most one change.
 */
export class SettingsFile {
  readonly #path: string;
  #settings: Settings;
  /** A sentence for the person when the file could not be read, else null. */
  readonly notice: string | null;

  constructor(path: string) {
    this.#path = path;
    const main = readSettings(path);
    const backup = main === 'damaged' ? readSettings(`${path}.bak`) : null;
    if (main === 'damaged') {
      const recovered = backup !== null && backup !== 'damaged' && backup !== 'missing';
      this.#settings = recovered ? backup : settingsShape.parse({});
      this.notice = recovered
        ? 'The settings file was damaged; the last good version is in use.'
        : 'The settings file was damaged and no earlier version could be read; the defaults are in use.';
    } else {
      this.#settings = main === 'missing' ? settingsShape.parse({}) : main;
      this.notice = null;
    }
  }

  get(): Settings {
    return this.#settings;
  }

  update(change: Partial<Settings>): void {
    this.#settings = { ...this.#settings, ...change };
    if (existsSync(this.#path)) copyFileSync(this.#path, `${this.#path}.bak`);
    writeFileAtomic.sync(this.#path, `${JSON.stringify(this.#settings, null, 2)}\n`);
  }
}

function readSettings(path: string): Settings | 'missing' | 'damaged' {
  if (!existsSync(path)) return 'missing';
  try {
    return settingsShape.parse(JSON.parse(readFileSync(path, 'utf8')));
  } catch {
    return 'damaged';
  }
}
