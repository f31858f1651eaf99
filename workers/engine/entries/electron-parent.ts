import type { ElectronPort } from '../transport.ts';

/** `process.parentPort` of an Electron utility process. */
export interface ElectronParent {
  on(
    event: 'message',
    listener: (event: { readonly data: unknown; readonly ports: readonly ElectronPort[] }) => void,
  ): unknown;
  postMessage(message: unknown): void;
}

/** The main process, or null in plain Node, where the parent speaks through the IPC channel of a child process. */
export const electronParent: ElectronParent | null =
  (process as unknown as { readonly parentPort?: ElectronParent }).parentPort ?? null;
