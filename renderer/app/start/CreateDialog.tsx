import {
  Button,
  Dialog,
  DialogBody,
  DialogFooter,
  FormGroup,
  InputGroup,
  RadioCard,
  RadioGroup,
} from '@blueprintjs/core';
import type { FormEvent } from 'react';
import { useEffect, useState } from 'react';
import type { Protection } from '../../../workers/api/workspace.ts';
import { useAction } from '../../engine-client/use-action.ts';
import { ErrorCallout } from '../../ui/ErrorCallout.tsx';
import { chooseFolder } from '../../ui/files.ts';
import { createWorkspace } from './new-workspace.ts';
import { nameProblem, passphraseProblem, pathIn } from './new-workspace-rules.ts';

const protections: readonly { readonly value: Protection; readonly title: string; readonly words: string }[] =
  [
    {
      value: 'none',
      title: 'As the disk is',
      words: 'The file is as safe as this machine’s disk encryption and accounts.',
    },
    {
      value: 'passphrase',
      title: 'Passphrase',
      words: 'Encrypted; asked for each time. A recovery key is issued.',
    },
    {
      value: 'keychain',
      title: 'System keychain',
      words: 'Encrypted; opens by itself for this user on this machine. A recovery key is issued.',
    },
  ];

/** Name, place and protection of a new workspace. */
export function CreateDialog({ onClose }: { readonly onClose: () => void }) {
  const [name, setName] = useState('');
  const [folder, setFolder] = useState('');
  const [protection, setProtection] = useState<Protection>('none');
  const [passphrase, setPassphrase] = useState('');
  const [repeated, setRepeated] = useState('');
  const [tried, setTried] = useState(false);
  const create = useAction(createWorkspace);
  useEffect(() => {
    void window.medspan
      .defaultPaths()
      .then(({ workspaces }) => setFolder((now) => (now === '' ? workspaces : now)));
  }, []);
  const wanted = { path: pathIn(folder, name), protection, passphrase, repeated };
  const wrongName = nameProblem(name);
  const wrongPassphrase = passphraseProblem(wanted);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    setTried(true);
    if (wrongName !== null || wrongPassphrase !== null || folder === '') return;
    void create.run(wanted).then((done) => done && onClose());
  };
  const choosePlace = (): void => {
    void chooseFolder('Folder of the new workspace').then((chosen) => chosen !== null && setFolder(chosen));
  };
  return (
    <Dialog
      isOpen
      title="New workspace"
      onClose={onClose}
      canOutsideClickClose={false}
      className="create-dialog"
    >
      <form onSubmit={submit} noValidate>
        <DialogBody>
          <FormGroup
            label="Name"
            labelFor="create-name"
            intent={tried && wrongName !== null ? 'danger' : 'none'}
            helperText={tried && wrongName !== null ? wrongName : folder === '' ? '' : wanted.path}
          >
            <InputGroup id="create-name" autoFocus value={name} onValueChange={setName} autoComplete="off" />
          </FormGroup>
          <FormGroup label="Folder" labelFor="create-folder">
            <InputGroup
              id="create-folder"
              value={folder}
              readOnly
              rightElement={<Button variant="minimal" text="Choose…" onClick={choosePlace} />}
            />
          </FormGroup>
          <RadioGroup
            label="Protection"
            className="create-protection"
            selectedValue={protection}
            onChange={(event) => setProtection(event.currentTarget.value as Protection)}
          >
            {protections.map(({ value, title, words }) => (
              <RadioCard key={value} value={value} compact>
                <strong>{title}</strong>
                <span className="muted">{words}</span>
              </RadioCard>
            ))}
          </RadioGroup>
          {protection === 'passphrase' && (
            <div className="create-passphrase">
              <FormGroup
                label="Passphrase"
                labelFor="create-passphrase"
                intent={tried && wrongPassphrase !== null ? 'danger' : 'none'}
                helperText={tried ? wrongPassphrase : null}
              >
                <InputGroup
                  id="create-passphrase"
                  type="password"
                  value={passphrase}
                  onValueChange={setPassphrase}
                />
              </FormGroup>
              <FormGroup label="Passphrase again" labelFor="create-repeated">
                <InputGroup
                  id="create-repeated"
                  type="password"
                  value={repeated}
                  onValueChange={setRepeated}
                />
              </FormGroup>
            </div>
          )}
          {create.error !== undefined && (
            <ErrorCallout error={create.error} title="The workspace was not created" />
          )}
        </DialogBody>
        <DialogFooter
          actions={
            <>
              <Button text="Cancel" onClick={onClose} />
              <Button type="submit" intent="primary" text="Create" loading={create.busy} />
            </>
          }
        />
      </form>
    </Dialog>
  );
}
