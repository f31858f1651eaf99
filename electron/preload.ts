import { contextBridge, ipcRenderer, webUtils } from 'electron';
import type { Desktop, EngineProcessState } from '../workers/api/desktop.ts';
import { questionChannel, toMain, toWindow } from './ipc/channels.ts';
import type { Question } from './ipc/channels.ts';

const ask = <Answer>(name: Question, ...input: readonly unknown[]): Promise<Answer> =>
  ipcRenderer.invoke(questionChannel(name), ...input) as Promise<Answer>;

/** Subscribes without letting Electron's event object reach the page. */
function listen<Value>(channel: string, listener: (value: Value) => void): () => void {
  const wrapped = (_event: unknown, value: Value): void => listener(value);
  ipcRenderer.on(channel, wrapped);
  return () => void ipcRenderer.off(channel, wrapped);
}

// A port cannot cross the bridge as a value; it goes to the page as a message of the page's own window.
ipcRenderer.on(toWindow.enginePort, (event, nonce: string) => {
  window.postMessage({ kind: 'engine-port', nonce }, window.origin, [...event.ports]);
});

const desktop: Desktop = {
  connectEngine: (nonce) => ipcRenderer.send(toMain.connectEngine, nonce),
  onEngineState: (listener) => {
    const stop = listen(toWindow.engineState, listener);
    void ask<EngineProcessState>('engineState').then(listener);
    return stop;
  },
  chooseFiles: (options) => ask('chooseFiles', options),
  chooseFolder: (options) => ask('chooseFolder', options),
  chooseSaveFile: (options) => ask('chooseSaveFile', options),
  pathsOfDroppedFiles: (files) => files.map((file) => webUtils.getPathForFile(file)),
  showItemInFolder: (path) => ask('showItemInFolder', path),
  recentWorkspaces: () => ask('recentWorkspaces'),
  forgetWorkspace: (path) => ask('forgetWorkspace', path),
  defaultPaths: () => ask('defaultPaths'),
  createKeychainKey: (path) => ask('createKeychainKey', path),
  keychainKey: (path) => ask('keychainKey', path),
  theme: () => ask('theme'),
  setTheme: (theme) => ask('setTheme', theme),
  preference: (key) => ask('preference', key),
  setPreference: (key, value) => ask('setPreference', key, value),
  onMenuCommand: (listener) => listen(toWindow.menuCommand, listener),
  about: () => ask('about'),
};

contextBridge.exposeInMainWorld('medspan', desktop);
