import { Button } from '@blueprintjs/core';
import { useState } from 'react';
import type { Backup } from '../../../workers/api/workspace.ts';
import { call } from '../../engine-client/engine.ts';
import { useAction } from '../../engine-client/use-action.ts';
import { useQuery } from '../../engine-client/use-query.ts';
import { ErrorCallout } from '../../ui/ErrorCallout.tsx';
import { fileName } from '../../ui/files.ts';
import { formatBytes } from '../../ui/format.ts';
import { Skeleton } from '../../ui/Skeleton.tsx';
import { Time } from '../../ui/Time.tsx';
import { showDone } from '../../ui/toaster.ts';
import { openWorkspace } from '../workspace/open-workspace.ts';
import { noSecret, withSecrets } from '../workspace/secrets.ts';
import { SecretField } from '../workspace/SecretField.tsx';

const kinds: Readonly<Record<Backup['kind'], string>> = {
  recent: 'recent',
  daily: 'daily',
  'before-migration': 'before a migration',
};

/** Backups of a workspace, newest first. Restoring keeps the file that is there beside the restored one. */
export function BackupList({
  path,
  onRestored,
}: {
  readonly path: string;
  readonly onRestored?: () => void;
}) {
  const { data, error, loading } = useQuery('workspace.backups', { path });
  const [restoring, setRestoring] = useState<string | null>(null);
  const [secret, setSecret] = useState(noSecret);
  const restore = useAction(async (backup: string) => {
    const { keptAs } = await withSecrets(path, secret, (secrets) =>
      call('workspace.restore', { path, backup, ...secrets }),
    );
    showDone(`Restored. The file that was there is kept as “${fileName(keptAs)}”.`);
    onRestored?.();
    await openWorkspace(path);
  });
  if (loading) return <Skeleton lines={3} />;
  if (error !== undefined) return <ErrorCallout error={error} title="The backups cannot be listed" />;
  return (
    <section className="backups" aria-label="Backups">
      <h2>Go back to a backup</h2>
      {data === undefined || data.length === 0 ? (
        <p className="muted">There is no backup of this workspace beside it.</p>
      ) : (
        <>
          <p className="muted">
            What was written after a backup is not in it. The present file is kept under a dated name.
          </p>
          <ul>
            {data.map((backup) => (
              <li key={backup.file}>
                <Time at={backup.createdAt} />
                <span className="muted">
                  {kinds[backup.kind]}, {formatBytes(backup.bytes)}
                </span>
                <Button
                  size="small"
                  text="Restore"
                  aria-label={`Restore the backup ${fileName(backup.file)}`}
                  loading={restore.busy && restoring === backup.file}
                  disabled={restore.busy}
                  onClick={() => {
                    setRestoring(backup.file);
                    void restore.run(backup.file);
                  }}
                />
              </li>
            ))}
          </ul>
        </>
      )}
      {restore.error !== undefined &&
        (restore.error.code === 'WORKSPACE_KEY' ? (
          <SecretField
            value={secret}
            onChange={setSecret}
            problem={restore.error.message}
            hint="Then restore again."
          />
        ) : (
          <ErrorCallout error={restore.error} title="The backup was not restored" />
        ))}
    </section>
  );
}
