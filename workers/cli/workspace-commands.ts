import type { Command } from './command.ts';
import { properties, table } from './table.ts';

export const workspaceCommands: readonly Command[] = [
  {
    name: 'workspace create',
    help: 'make a new workspace; with a passphrase given it is encrypted, and its recovery key is printed once',
    needsWorkspace: false,
    async run({ call, workspace, secrets, say }) {
      const { passphrase } = secrets;
      const made = await call('workspace.create', {
        path: workspace,
        ...(passphrase === undefined ? {} : { protection: 'passphrase' as const, passphrase }),
      });
      if (made.recoveryKey !== null)
        say('Keep the recovery key where the passphrase is not. It is not shown again.');
      return {
        data: made,
        lines: [
          ...properties({ ...made.workspace, profile: made.workspace.profile.name }),
          ...(made.recoveryKey === null ? [] : [`recovery key  ${made.recoveryKey}`]),
        ],
      };
    },
  },
  {
    name: 'workspace sample',
    help: 'make a workspace with the shipped synthetic notes, or open it where it is there',
    needsWorkspace: false,
    async run({ call, workspace }) {
      const info = await call('workspace.openSample', { path: workspace });
      return { data: info, lines: properties({ ...info, profile: info.profile.name }) };
    },
  },
  {
    name: 'workspace info',
    help: 'path, version, size, protection and profile',
    async run({ call }) {
      const state = await call('workspace.state', {});
      const info = state.state === 'open' ? state.workspace : null;
      return { data: info, lines: info === null ? [] : properties({ ...info, profile: info.profile.name }) };
    },
  },
  {
    name: 'workspace backup',
    help: 'write a backup now',
    async run({ call }) {
      const backup = await call('workspace.backupNow', {});
      return { data: backup, lines: [backup.file] };
    },
  },
  {
    name: 'workspace backups',
    help: 'list the backups, newest first',
    needsWorkspace: false,
    async run({ call, workspace }) {
      const backups = await call('workspace.backups', { path: workspace });
      const rows = backups.map((backup) => ({
        ...backup,
        createdAt: new Date(backup.createdAt).toISOString(),
      }));
      return { data: backups, lines: table(rows, ['createdAt', 'kind', 'bytes', 'file']) };
    },
  },
  {
    name: 'workspace restore',
    help: 'put a backup in the place of the workspace; the present file is kept beside it',
    arguments: ['[BACKUP]'],
    needsWorkspace: false,
    async run({ call, workspace, path, secrets }, input) {
      const given = input.arguments[0];
      const newest = given ?? (await call('workspace.backups', { path: workspace }))[0]?.file;
      const restored = await call('workspace.restore', {
        path: workspace,
        // Without any backup the engine says that there is none.
        backup: newest === undefined ? `${workspace}-backups` : path(newest),
        ...secrets,
      });
      return { data: restored, lines: [`The file that was there is now ${restored.keptAs}`] };
    },
  },
  {
    name: 'workspace salvage',
    help: 'copy what can still be read of a damaged workspace into a new one',
    arguments: ['NEW-FILE'],
    needsWorkspace: false,
    async run({ call, workspace, path, secrets }, input) {
      const report = await call('workspace.salvage', {
        path: workspace,
        to: path(input.arguments[0] ?? ''),
        ...secrets,
      });
      const lost = report.tables.filter((entry) => entry.lost);
      return {
        data: report,
        lines: [
          `Saved to ${report.savedTo}`,
          ...table(
            report.tables.filter((entry) => entry.rows > 0 || entry.lost),
            ['table', 'rows', 'lost'],
          ),
          lost.length === 0 ? 'Nothing was lost.' : `Rows were lost in ${String(lost.length)} tables.`,
        ],
      };
    },
  },
];
