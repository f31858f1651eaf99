import { Button } from '@blueprintjs/core';
import type { ErrorCode, ErrorEnvelope } from '../../../workers/api/errors.ts';
import { useAction } from '../../engine-client/use-action.ts';
import { ErrorCallout } from '../../ui/ErrorCallout.tsx';
import { fileName, showInFolder } from '../../ui/files.ts';
import { openWorkspace } from '../workspace/open-workspace.ts';
import { BackupList } from './BackupList.tsx';
import { KeyForm } from './KeyForm.tsx';
import { Salvage } from './Salvage.tsx';

const titles: Readonly<Partial<Record<ErrorCode, string>>> = {
  WORKSPACE_LOCKED: 'is open elsewhere',
  WORKSPACE_NEWER: 'was written by a newer Medspan',
  WORKSPACE_FOREIGN: 'is not a Medspan workspace',
  WORKSPACE_DAMAGED: 'is damaged',
  WORKSPACE_KEY: 'is encrypted',
  NOT_FOUND: 'is not there',
  READ_ONLY: 'cannot be written',
  DISK_FULL: 'has no space left on its disk',
};

/** Where a backup may help: a damaged file, or one that a newer version has migrated. */
const restorable: ReadonlySet<ErrorCode> = new Set(['WORKSPACE_DAMAGED', 'WORKSPACE_NEWER', 'NOT_FOUND']);

interface RefusedProps {
  readonly path: string;
  readonly error: ErrorEnvelope;
}

/** Why a workspace was not opened, and every way out of it. */
export function Refused({ path, error }: RefusedProps) {
  const again = useAction(() => openWorkspace(path));
  const name = fileName(path);
  if (error.code === 'WORKSPACE_KEY') return <KeyForm path={path} error={error} />;
  return (
    <div className="refused">
      <ErrorCallout error={error} title={`“${name}” ${titles[error.code] ?? 'could not be opened'}`}>
        <Button icon="refresh" text="Try again" loading={again.busy} onClick={() => void again.run()} />
        {error.code !== 'NOT_FOUND' && (
          <Button icon="folder-open" text="Show in folder" onClick={() => void showInFolder(path)} />
        )}
      </ErrorCallout>
      {restorable.has(error.code) && <BackupList path={path} />}
      {error.code === 'WORKSPACE_DAMAGED' && <Salvage path={path} />}
    </div>
  );
}
