import { app, nativeTheme, shell } from 'electron';
import { mkdirSync } from 'node:fs';
import { cancelledRequests } from '../security/cancel-requests.ts';
import { createKeychainKey, keychainKey } from '../app/keychain.ts';
import type { AppPaths } from '../app/paths.ts';
import { forgetWorkspace, recentWorkspaces } from '../app/recent-workspaces.ts';
import type { SettingsFile } from '../app/settings.ts';
import type { Answers, Question } from './channels.ts';
import { questionChannel, questions } from './channels.ts';
import type { Dialogs } from './dialogs.ts';
import { questionGuards } from './guards.ts';
import type { IpcRegistry } from './registry.ts';

/** What main answers to the window. Paths, settings and versions: nothing here ever sees a note. */
export function makeAnswers(
  paths: AppPaths,
  settings: SettingsFile,
  dialogs: Dialogs,
  engineState: () => string,
): Answers {
  return {
    chooseFiles: (choice) => dialogs.chooseFiles(choice),
    chooseFolder: (choice) => dialogs.chooseFolder(choice),
    chooseSaveFile: (choice) => dialogs.chooseSaveFile(choice),
    showItemInFolder: (path) => shell.showItemInFolder(path),
    recentWorkspaces: () => recentWorkspaces(settings),
    forgetWorkspace: (path) => forgetWorkspace(settings, path),
    defaultPaths: () => {
      mkdirSync(paths.workspaces, { recursive: true });
      return { workspaces: paths.workspaces, sample: paths.sampleWorkspace };
    },
    createKeychainKey: (path) => createKeychainKey(settings, path),
    keychainKey: (path) => keychainKey(settings, path),
    theme: () => settings.get().theme,
    setTheme: (theme) => {
      nativeTheme.themeSource = theme;
      settings.update({ theme });
    },
    preference: (key) => settings.get().preferences[key] ?? null,
    setPreference: (key, value) => {
      settings.update({ preferences: { ...settings.get().preferences, [key]: value as never } });
    },
    about: () => ({
      version: app.getVersion(),
      electron: process.versions.electron ?? '',
      chromium: process.versions['chrome'] ?? '',
      node: process.versions.node,
      cancelledRequests: cancelledRequests(),
    }),
    engineState,
  };
}

/** Opens one guarded channel a question. */
export function answerQuestions(registry: IpcRegistry, answers: Answers): void {
  for (const question of questions) {
    const answer = answers[question] as (...input: readonly unknown[]) => unknown;
    registry.handle(questionChannel(question), (...input) => answer(...guard(question, input)));
  }
}

function guard(question: Question, input: readonly unknown[]): readonly unknown[] {
  const checked = questionGuards[question].safeParse(input);
  if (!checked.success)
    throw new Error(`${question} was refused: its input does not have the expected shape.`);
  return checked.data;
}
