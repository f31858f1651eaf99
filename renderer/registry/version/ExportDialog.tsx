import { Button, Dialog, DialogBody, DialogFooter, Radio, RadioGroup } from '@blueprintjs/core';
import { useState } from 'react';
import type { BundleExport, ModelVersion } from '../../../workers/api/registry.ts';
import { call } from '../../engine-client/engine.ts';
import { useAction } from '../../engine-client/use-action.ts';
import { ErrorCallout } from '../../ui/ErrorCallout.tsx';
import { saveFile, showInFolder } from '../../ui/files.ts';
import { formatBytes } from '../../ui/format.ts';
import { Hash } from './VersionFacts.tsx';

interface ExportDialogProps {
  readonly version: ModelVersion;
  readonly open: boolean;
  readonly onClose: () => void;
}

/** Writes the bundle of a version as a folder or a zip file. */
export function ExportDialog({ version, open, onClose }: ExportDialogProps) {
  const [packed, setPacked] = useState(false);
  const [written, setWritten] = useState<BundleExport | null>(null);
  const name = version.name.replace('/', '-');
  const write = useAction(async () => {
    const path = await saveFile({
      title: packed ? 'Save the bundle as a zip file' : 'Name the folder of the bundle',
      defaultName: packed ? `${name}.zip` : name,
    });
    if (path === null) return;
    setWritten(await call('registry.exportBundle', { modelVersionId: version.id, path, packed }));
  });
  const close = (): void => {
    setWritten(null);
    write.clear();
    onClose();
  };
  return (
    <Dialog isOpen={open} onClose={close} title={`Export ${version.name}`} className="export-dialog">
      <DialogBody>
        {written === null ? (
          <>
            <p>
              The bundle holds the model, its card, checksums of every file, a server and a command-line
              tagger. It runs on any machine with Node 20 or newer; nothing is installed, and no note is in
              it.
            </p>
            <RadioGroup
              label="Form"
              selectedValue={packed ? 'zip' : 'folder'}
              onChange={(event) => setPacked(event.currentTarget.value === 'zip')}
            >
              <Radio value="folder" label="A folder" />
              <Radio value="zip" label="One zip file" />
            </RadioGroup>
            {write.error !== undefined && <ErrorCallout error={write.error} />}
          </>
        ) : (
          <div role="status">
            <p>
              Written: {formatBytes(written.bytes)} at <code className="export-path">{written.path}</code>
            </p>
            <p>
              Manifest SHA-256 <Hash value={written.manifestSha256} />
            </p>
          </div>
        )}
      </DialogBody>
      <DialogFooter
        actions={
          written === null ? (
            <>
              <Button text="Cancel" onClick={close} />
              <Button
                intent="primary"
                icon="export"
                text="Choose where and export"
                loading={write.busy}
                onClick={() => void write.run()}
              />
            </>
          ) : (
            <>
              <Button
                icon="folder-open"
                text="Show in folder"
                onClick={() => void showInFolder(written.path)}
              />
              <Button intent="primary" text="Done" onClick={close} />
            </>
          )
        }
      />
    </Dialog>
  );
}
