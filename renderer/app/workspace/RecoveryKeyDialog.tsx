import { Button, Checkbox, Dialog, DialogBody, DialogFooter } from '@blueprintjs/core';
import { useState } from 'react';
import { saveFromMemory } from '../../ui/files.ts';
import { showDone, showError } from '../../ui/toaster.ts';
import { holdRecoveryKey, useRecoveryKey } from './recovery-key.ts';
import './workspace.css';

/** Shows the recovery key once. It stays until the person says that it is kept. */
export function RecoveryKeyDialog() {
  const issued = useRecoveryKey();
  const [kept, setKept] = useState(false);
  if (issued === null) return null;
  const copy = (): void => {
    navigator.clipboard
      .writeText(issued.key)
      .then(() => showDone('The recovery key is on the clipboard.'), showError);
  };
  const save = (): void =>
    saveFromMemory(
      `${issued.workspace}-recovery-key.txt`,
      new Blob([`Recovery key of the Medspan workspace "${issued.workspace}"\n${issued.key}\n`], {
        type: 'text/plain',
      }),
    );
  return (
    <Dialog
      isOpen
      title="Recovery key"
      icon="key"
      canEscapeKeyClose={false}
      canOutsideClickClose={false}
      isCloseButtonShown={false}
    >
      <DialogBody>
        <p>
          This key opens “{issued.workspace}” when the passphrase or the keychain is lost. It is shown only
          now; without it and without the passphrase nobody can read the notes again.
        </p>
        <output className="recovery-key" aria-label="Recovery key" tabIndex={0}>
          {issued.key}
        </output>
        <div className="recovery-key-actions">
          <Button icon="clipboard" text="Copy" onClick={copy} autoFocus />
          <Button icon="floppy-disk" text="Save as a file" onClick={save} />
        </div>
      </DialogBody>
      <DialogFooter
        actions={
          <Button
            intent="primary"
            text="Go on"
            disabled={!kept}
            onClick={() => (setKept(false), holdRecoveryKey(null))}
          />
        }
      >
        <Checkbox
          className="recovery-key-kept"
          checked={kept}
          onChange={(event) => setKept(event.currentTarget.checked)}
          label="The key is kept in a safe place, away from this machine"
        />
      </DialogFooter>
    </Dialog>
  );
}
