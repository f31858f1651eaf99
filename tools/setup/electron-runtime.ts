/** What the rest of the tools need to know about an Electron runtime. */
export interface Runtime {
  /** Names this very runtime in the cache; changes when its files do. */
  readonly id: string;
  readonly source: 'MEDSPAN_ELECTRON' | 'official' | 'fallback';
  /** The folder that holds the executable and its files. */
  readonly folder: string;
  readonly executable: string;
  /** Electron's version. */
  readonly version: string;
  /** The Node-API version it offers to native packages. */
  readonly napi: number;
}

/** One line that says which runtime is used. */
export function describeRuntime(runtime: Runtime): string {
  const from = {
    MEDSPAN_ELECTRON: `from MEDSPAN_ELECTRON, ${runtime.executable}`,
    official: 'the official binary',
    fallback: 'the fallback from the package registry, for development and tests only',
  }[runtime.source];
  return `${runtime.version}, ${from}`;
}
