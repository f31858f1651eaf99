import type { Desktop } from '../../workers/api/desktop.ts';

/** Questions that the window asks and main answers: each verb of `Desktop` that returns a promise. */
export const questions = [
  'chooseFiles',
  'chooseFolder',
  'chooseSaveFile',
  'showItemInFolder',
  'recentWorkspaces',
  'forgetWorkspace',
  'defaultPaths',
  'createKeychainKey',
  'keychainKey',
  'theme',
  'setTheme',
  'preference',
  'setPreference',
  'about',
  'engineState',
] as const;

export type Question = (typeof questions)[number];

type Asked = Omit<Desktop, 'connectEngine' | 'onEngineState' | 'onMenuCommand' | 'pathsOfDroppedFiles'>;

/** The answering side of every question, as main implements it. */
export type Answers = {
  readonly [Name in keyof Asked]: (
    ...input: Parameters<Asked[Name]>
  ) => ReturnType<Asked[Name]> | Awaited<ReturnType<Asked[Name]>>;
} & { readonly engineState: () => string };

/** One-way messages. */
export const toMain = { connectEngine: 'medspan:connect-engine' } as const;
export const toWindow = {
  enginePort: 'medspan:engine-port',
  engineState: 'medspan:engine-state',
  menuCommand: 'medspan:menu-command',
} as const;

export const questionChannel = (name: Question): string => `medspan:ask:${name}`;
