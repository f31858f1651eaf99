import { app } from 'electron';
import { join } from 'node:path';

/** Where the parts of the built app lie, in a checkout and in a package alike. */
export interface AppPaths {
  readonly renderer: string;
  readonly preload: string;
  readonly engine: string;
  readonly compute: string;
  /** Sample corpus and other files that ship beside the code. */
  readonly resources: string;
  /** Built server and tagger that are copied into bundles; plain files, never inside the archive. */
  readonly bundleTemplate: string;
  readonly settings: string;
  readonly logs: string;
  /** Where new workspaces go by default. */
  readonly workspaces: string;
  readonly sampleWorkspace: string;
}

export function appPaths(): AppPaths {
  const root = app.getAppPath();
  const unpacked = root.replace(/\.asar$/, '.asar.unpacked');
  const userData = app.getPath('userData');
  return {
    renderer: join(root, 'out/renderer'),
    preload: join(root, 'out/preload/preload.cjs'),
    engine: join(unpacked, 'out/workers/engine.js'),
    compute: join(unpacked, 'out/workers/compute.js'),
    resources: app.isPackaged ? process.resourcesPath : join(root, 'resources'),
    bundleTemplate: join(unpacked, 'out/bundle-template'),
    settings: join(userData, 'settings.json'),
    logs: join(userData, 'logs'),
    workspaces: app.getPath('documents'),
    sampleWorkspace: join(userData, 'sample.medspan'),
  };
}
