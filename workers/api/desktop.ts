import type { Json } from './common.ts';

/**
 * What the window may ask of the system around it, as the preload script offers it at `window.medspan`. Verbs
 * only; everything that touches notes goes to the engine by its own port and never passes through here.
 */
export interface Desktop {
  /**
   * Asks for a port to the engine. It arrives at the page as a `message` event from the window itself whose data
   * is an `EnginePortMessage` with the given nonce. Asked again after the engine came back from a crash.
   */
  connectEngine(nonce: string): void;
  /** Tells of the engine process; `down` until it is there again. */
  onEngineState(listener: (state: EngineProcessState) => void): () => void;

  chooseFiles(options: FileChoice): Promise<readonly string[]>;
  chooseFolder(options: { readonly title: string }): Promise<string | null>;
  chooseSaveFile(options: FileChoice & { readonly defaultName: string }): Promise<string | null>;
  /** Paths of files dropped on the window, in order; empty for what is not a file on this machine. */
  pathsOfDroppedFiles(files: readonly File[]): readonly string[];
  showItemInFolder(path: string): Promise<void>;

  recentWorkspaces(): Promise<readonly RecentWorkspace[]>;
  forgetWorkspace(path: string): Promise<void>;
  /** Where new workspaces go unless a person chooses otherwise, and where the sample is copied to. */
  defaultPaths(): Promise<{ readonly workspaces: string; readonly sample: string }>;
  /**
   * Wraps a fresh random key for a workspace with the system's keychain and keeps it; answers the key. Refused
   * with a reason where the system only offers storage in plain text.
   */
  createKeychainKey(path: string): Promise<KeychainAnswer>;
  keychainKey(path: string): Promise<KeychainAnswer>;

  theme(): Promise<ThemeChoice>;
  setTheme(theme: ThemeChoice): Promise<void>;
  /** Small settings of this machine's user: panel sizes, key bindings. Never anything of a note. */
  preference(key: string): Promise<Json>;
  setPreference(key: string, value: Json): Promise<void>;

  /** Commands chosen in the system's menu bar, by command id. */
  onMenuCommand(listener: (commandId: string) => void): () => void;
  about(): Promise<About>;
}

export type EngineProcessState = 'starting' | 'up' | 'down';

export interface EnginePortMessage {
  readonly kind: 'engine-port';
  readonly nonce: string;
}

export interface FileChoice {
  readonly title: string;
  readonly many?: boolean;
  readonly filters?: readonly { readonly name: string; readonly extensions: readonly string[] }[];
}

export interface RecentWorkspace {
  readonly path: string;
  readonly openedAt: number;
  readonly exists: boolean;
}

export type KeychainAnswer =
  { readonly ok: true; readonly key: string } | { readonly ok: false; readonly reason: string };

export type ThemeChoice = 'system' | 'light' | 'dark';

export interface About {
  readonly version: string;
  readonly electron: string;
  readonly chromium: string;
  readonly node: string;
  /** Requests that the window tried to make and that were cancelled. Always 0 unless something is wrong. */
  readonly cancelledRequests: number;
}
