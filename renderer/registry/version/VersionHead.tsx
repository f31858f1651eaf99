import { Button, Tag } from '@blueprintjs/core';
import { useState } from 'react';
import type { ModelVersionDetail } from '../../../workers/api/registry.ts';
import { call } from '../../engine-client/engine.ts';
import { useCommands } from '../../ui/commands/use-commands.ts';
import { Time } from '../../ui/Time.tsx';
import { showDone } from '../../ui/toaster.ts';
import { ReasonButton } from '../ReasonButton.tsx';
import { ExportDialog } from './ExportDialog.tsx';

export function VersionHead({ version }: { readonly version: ModelVersionDetail }) {
  const [exporting, setExporting] = useState(false);
  useCommands([
    {
      id: 'registry.export',
      title: `Export ${version.name} as a bundle`,
      group: 'Registry',
      keys: 'e',
      run: () => setExporting(true),
    },
  ]);
  const archive = async (reason: string): Promise<void> => {
    await call('registry.archive', { modelVersionId: version.id, reason });
    showDone(`${version.name} is archived.`);
  };
  return (
    <header className="version-head">
      <h2>{version.name}</h2>
      <Tag minimal intent={version.stage === 'Production' ? 'success' : 'none'}>
        {version.stage === 'None' ? 'in no stage' : `in ${version.stage}`}
      </Tag>
      <span className="version-since">
        since <Time at={version.since} />
      </span>
      <div className="version-acts">
        <Button icon="export" text="Export bundle" onClick={() => setExporting(true)} />
        {version.stage !== 'Archived' && (
          <ReasonButton
            text="Archive"
            icon="archive"
            question={
              version.stage === 'Production'
                ? `${version.name} leaves Production, and nothing takes its place.`
                : `${version.name} is put away. It can be promoted again later.`
            }
            act={archive}
          />
        )}
      </div>
      <ExportDialog version={version} open={exporting} onClose={() => setExporting(false)} />
    </header>
  );
}
