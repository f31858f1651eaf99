import {
  Button,
  Dialog,
  DialogBody,
  DialogFooter,
  FormGroup,
  HTMLSelect,
  InputGroup,
  TextArea,
} from '@blueprintjs/core';
import { useState } from 'react';
import type { Label, LabelRole } from '../../../workers/api/annotation.ts';
import { call } from '../../engine-client/engine.ts';
import { useAction } from '../../engine-client/use-action.ts';
import { ErrorCallout } from '../../ui/ErrorCallout.tsx';
import { refreshSchema } from '../open-note.ts';

const roles: readonly { readonly role: LabelRole; readonly words: string }[] = [
  { role: 'disease', words: 'Disease' },
  { role: 'treatment', words: 'Treatment' },
  { role: 'other', words: 'Neither' },
];

/** A new label, or the name, key and guideline of one that is there. */
export function LabelForm({
  label,
  onClose,
}: {
  readonly label: Label | null;
  readonly onClose: () => void;
}) {
  const [name, setName] = useState(label?.name ?? '');
  const [key, setKey] = useState(label?.key ?? '');
  const [role, setRole] = useState<LabelRole>(label?.role ?? 'other');
  const [definition, setDefinition] = useState(label?.definition ?? '');
  const save = useAction(async () => {
    const fields = { name, key: key.toLowerCase(), role, definition };
    if (label) await call('annotation.changeLabel', { labelId: label.id, ...fields });
    else await call('annotation.addLabel', fields);
    await refreshSchema();
  });
  const wrongKey = keyProblem(key);
  const ready = name.trim() !== '' && key !== '' && wrongKey === null;
  return (
    <Dialog
      isOpen
      onClose={onClose}
      onOpened={(dialog) => dialog.querySelector('input')?.focus()}
      title={label ? `Label ${label.name}` : 'New label'}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (!ready) return;
          void save.run().then((saved) => {
            if (saved) onClose();
          });
        }}
      >
        <DialogBody>
          {save.error && <ErrorCallout error={save.error} />}
          <FormGroup label="Name" labelFor="label-name">
            <InputGroup id="label-name" value={name} maxLength={60} onValueChange={setName} />
          </FormGroup>
          <FormGroup
            label="Key"
            labelFor="label-key"
            helperText={wrongKey ?? 'One letter or digit: it tags with this label.'}
            intent={wrongKey === null ? 'none' : 'danger'}
          >
            <InputGroup id="label-key" value={key} maxLength={1} onValueChange={setKey} />
          </FormGroup>
          <FormGroup label="In the treatment map it counts as" labelFor="label-role">
            <HTMLSelect
              id="label-role"
              value={role}
              onChange={(event) =>
                setRole(roles.find((one) => one.role === event.currentTarget.value)?.role ?? 'other')
              }
            >
              {roles.map((one) => (
                <option key={one.role} value={one.role}>
                  {one.words}
                </option>
              ))}
            </HTMLSelect>
          </FormGroup>
          <FormGroup label="Guideline: what to tag, and what not" labelFor="label-definition">
            <TextArea
              id="label-definition"
              fill
              rows={5}
              value={definition}
              onChange={(event) => setDefinition(event.currentTarget.value)}
            />
          </FormGroup>
        </DialogBody>
        <DialogFooter
          actions={
            <>
              <Button text="Cancel" onClick={onClose} />
              <Button
                type="submit"
                intent="primary"
                text={label ? 'Save' : 'Add label'}
                disabled={!ready}
                loading={save.busy}
              />
            </>
          }
        />
      </form>
    </Dialog>
  );
}

function keyProblem(key: string): string | null {
  if (key === '') return null;
  if (!/^[a-z0-9]$/i.test(key)) return 'Only one letter a–z or digit can be a label’s key.';
  if (key.toLowerCase() === 'l') return 'L links spans; choose another key.';
  return null;
}
