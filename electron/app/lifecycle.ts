import type { BrowserWindow } from 'electron';
import { app, dialog, nativeTheme, session as sessions } from 'electron';
import { toWindow, toMain } from '../ipc/channels.ts';
import { answerQuestions, makeAnswers } from '../ipc/answers.ts';
import { Dialogs } from '../ipc/dialogs.ts';
import { IpcRegistry } from '../ipc/registry.ts';
import { registerAppScheme } from '../security/app-protocol.ts';
import { secure, secureContents } from '../security/rules.ts';
import type { EngineProcessState } from '../../workers/api/desktop.ts';
import type { AppArguments } from './arguments.ts';
import { readArguments } from './arguments.ts';
import { EngineProcess } from './engine-process.ts';
import { handleFaults } from './faults.ts';
import { keychainKey } from './keychain.ts';
import { openLog } from './log.ts';
import { openMainWindow } from './main-window.ts';
import { installMenu } from './menu.ts';
import { appPaths } from './paths.ts';
import { rememberWorkspace } from './recent-workspaces.ts';
import { SettingsFile } from './settings.ts';

/** From the first line to the last: what must be set before the app is ready, what follows, and the way out. */
export function startApp(): void {
  const given = readArguments(process.argv.slice(process.defaultApp ? 2 : 1), process.env);
  app.enableSandbox();
  registerAppScheme();
  secureContents();
  if (given.userData !== null) app.setPath('userData', given.userData);
  if (!app.requestSingleInstanceLock({ workspace: given.workspace })) {
    app.quit();
    return;
  }
  const paths = appPaths();
  const settings = new SettingsFile(paths.settings);
  if (settings.get().withoutGpu) app.disableHardwareAcceleration();
  void app.whenReady().then(() => run(given, paths, settings));
}

async function run(
  given: AppArguments,
  paths: ReturnType<typeof appPaths>,
  settings: SettingsFile,
): Promise<void> {
  const log = openLog(paths.logs);
  const developerTools = !app.isPackaged;
  nativeTheme.themeSource = settings.get().theme;

  let window: BrowserWindow | null = null;
  let engineState: EngineProcessState = 'starting';
  let openWorkspace: string | null = given.sample ? paths.sampleWorkspace : given.workspace;
  const send = (channel: string, value: unknown): void => window?.webContents.send(channel, value);

  const engine = new EngineProcess(paths, log, {
    state: (state) => {
      engineState = state;
      send(toWindow.engineState, state);
    },
    event: (event) => {
      if (event.name !== 'workspace.changed') return;
      const { payload } = event;
      if (payload.state === 'open') {
        openWorkspace = payload.workspace.path;
        rememberWorkspace(settings, payload.workspace.path, Date.now());
        window?.setTitle(`${payload.workspace.name} – Medspan`);
      } else if (payload.state === 'closed') {
        openWorkspace = null;
        window?.setTitle('Medspan');
      }
    },
    started: (restarted) => {
      if (openWorkspace === null) return;
      // Refusals reach the window as a state of the workspace; there is nobody to tell here.
      void openAtStart(openWorkspace, given.sample && !restarted).catch(() => undefined);
    },
  });

  async function openAtStart(path: string, sample: boolean): Promise<void> {
    if (sample) {
      await engine.call('workspace.openSample', { path });
      return;
    }
    const kept = settings.get().keys[path] === undefined ? null : keychainKey(settings, path);
    await engine.call('workspace.open', kept?.ok === true ? { path, key: kept.key } : { path });
  }

  const session = sessions.fromPartition('medspan', { cache: false });
  await secure(session, paths.renderer, developerTools);

  const registry = new IpcRegistry(() => window);
  const dialogs = new Dialogs(() => window, settings);
  answerQuestions(
    registry,
    makeAnswers(paths, settings, dialogs, () => engineState),
  );
  registry.on(toMain.connectEngine, (nonce) => {
    const port = engine.connectClient();
    if (port !== null && typeof nonce === 'string')
      window?.webContents.postMessage(toWindow.enginePort, nonce, [port]);
  });

  engine.start();
  installMenu((commandId) => send(toWindow.menuCommand, commandId));
  window = openMainWindow(paths, settings, session, developerTools);
  handleFaults(window, settings, log);
  window.on('closed', () => {
    window = null;
  });
  if (settings.notice !== null) {
    void dialog.showMessageBox(window, { type: 'info', message: settings.notice });
  }

  app.on('second-instance', (_event, argv, _folder, data) => {
    if (window?.isMinimized() === true) window.restore();
    window?.focus();
    const asked =
      (data as { workspace?: string | null } | null)?.workspace ?? readArguments(argv, {}).workspace;
    if (asked !== null && asked !== openWorkspace) void openAtStart(asked, false).catch(() => undefined);
  });
  app.on('window-all-closed', () => app.quit());

  let drained = false;
  app.on('before-quit', (event) => {
    if (drained) return;
    event.preventDefault();
    void engine.shutDown().finally(() => {
      drained = true;
      app.quit();
    });
  });
}
