import { Button, Icon, Menu, MenuDivider, MenuItem, PopoverNext } from '@blueprintjs/core';
import type { Protection, WorkspaceInfo } from '../../../workers/api/workspace.ts';
import { commands } from '../../ui/commands/registry.ts';
import { showInFolder } from '../../ui/files.ts';
import { formatBytes } from '../../ui/format.ts';

const protections: Readonly<Record<Protection, string>> = {
  none: 'not encrypted by Medspan',
  passphrase: 'encrypted, passphrase',
  keychain: 'encrypted, system keychain',
};

/** The workspace's name, and what can be done with the file. */
export function WorkspaceMenu({ workspace }: { readonly workspace: WorkspaceInfo }) {
  const { name, path, bytes, protection, locationWarning } = workspace;
  return (
    <PopoverNext
      placement="bottom-start"
      content={
        <Menu>
          <li className="workspace-facts" role="none">
            <div className="mono">{path}</div>
            <div className="muted">
              {formatBytes(bytes)}, {protections[protection]}
            </div>
            {locationWarning !== null && <div className="workspace-warning">{locationWarning}</div>}
          </li>
          <MenuDivider />
          <MenuItem icon="folder-open" text="Show in folder" onClick={() => void showInFolder(path)} />
          <MenuItem icon="duplicate" text="Back up now" onClick={() => commands.run('workspace.backup')} />
          <MenuItem
            icon="history"
            text="Go back to a backup…"
            onClick={() => commands.run('workspace.backups')}
          />
          <MenuDivider />
          <MenuItem icon="log-out" text="Close workspace" onClick={() => commands.run('workspace.close')} />
        </Menu>
      }
    >
      <Button
        className="workspace-menu"
        variant="minimal"
        aria-label={`Workspace ${name}`}
        endIcon="caret-down"
        {...(locationWarning === null
          ? {}
          : { icon: <Icon icon="warning-sign" intent="warning" title={locationWarning} /> })}
        text={<strong>{name}</strong>}
      />
    </PopoverNext>
  );
}
