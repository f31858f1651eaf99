import { Dialog, DialogBody } from '@blueprintjs/core';
import { useState } from 'react';
import type { WorkspaceInfo } from '../../../workers/api/workspace.ts';
import { call } from '../../engine-client/engine.ts';
import { useCommands } from '../../ui/commands/use-commands.ts';
import { fileName } from '../../ui/files.ts';
import { navigate } from '../../ui/navigation.ts';
import { showDone, showError } from '../../ui/toaster.ts';
import { areas } from '../areas.ts';
import { useSearchProviders } from '../palette/use-search-providers.ts';
import { BackupList } from '../start/BackupList.tsx';
import { CreateDialog } from '../start/CreateDialog.tsx';
import { chooseAndOpen, openSample } from '../workspace/open-workspace.ts';

/** Commands of an open workspace: going places, and what concerns the file. */
export function WorkspaceCommands({ workspace }: { readonly workspace: WorkspaceInfo }) {
  const [creating, setCreating] = useState(false);
  const [backups, setBackups] = useState(false);
  useSearchProviders();
  const backUp = (): void => {
    call('workspace.backupNow', {})
      .then(({ file }) => showDone(`Backed up as “${fileName(file)}”.`))
      .catch(showError);
  };
  const go = (path: string) => (): void => {
    navigate(path);
    document.getElementById('content')?.focus();
  };
  useCommands([
    { id: 'go.home', title: 'Go to Home', group: 'Go', keys: 'mod+1', run: go('/') },
    ...areas.map(({ id, title }, index) => ({
      id: `go.${id}`,
      title: `Go to ${title}`,
      group: 'Go',
      keys: `mod+${index + 2}`,
      run: go(`/${id}`),
    })),
    { id: 'workspace.backup', title: 'Back up now', group: 'Workspace', run: backUp },
    {
      id: 'workspace.backups',
      title: 'Go back to a backup',
      group: 'Workspace',
      run: () => setBackups(true),
    },
    { id: 'workspace.new', title: 'New workspace', group: 'Workspace', run: () => setCreating(true) },
    {
      id: 'workspace.open',
      title: 'Open another workspace',
      group: 'Workspace',
      keys: 'mod+o',
      run: () => void chooseAndOpen().catch(showError),
    },
    {
      id: 'workspace.sample',
      title: 'Open the sample workspace',
      group: 'Workspace',
      run: () => void openSample().catch(showError),
    },
    {
      id: 'workspace.close',
      title: 'Close workspace',
      group: 'Workspace',
      run: () => {
        navigate('/');
        call('workspace.close', {}).catch(showError);
      },
    },
  ]);
  return (
    <>
      {creating && <CreateDialog onClose={() => setCreating(false)} />}
      {backups && (
        <Dialog isOpen title={`Backups of ${workspace.name}`} onClose={() => setBackups(false)}>
          <DialogBody>
            <BackupList path={workspace.path} onRestored={() => setBackups(false)} />
          </DialogBody>
        </Dialog>
      )}
    </>
  );
}
