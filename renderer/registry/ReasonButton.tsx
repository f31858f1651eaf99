import { Button, PopoverNext, TextArea } from '@blueprintjs/core';
import type { ComponentProps } from 'react';
import { useId, useState } from 'react';
import { useAction } from '../engine-client/use-action.ts';
import { ErrorCallout } from '../ui/ErrorCallout.tsx';

interface ReasonButtonProps {
  readonly text: string;
  readonly icon: NonNullable<ComponentProps<typeof Button>['icon']>;
  /** What will happen, in one sentence. */
  readonly question: string;
  readonly act: (reason: string) => Promise<void>;
  readonly small?: boolean;
}

/** A button whose act goes on record: it asks why before it acts. */
export function ReasonButton({ text, icon, question, act, small }: ReasonButtonProps) {
  const [open, setOpen] = useState(false);
  const [reason, setReason] = useState('');
  const field = useId();
  const { run, busy, error, clear } = useAction(act);
  const close = (): void => {
    setOpen(false);
    setReason('');
    clear();
  };
  const submit = async (): Promise<void> => {
    if (reason.trim() !== '' && (await run(reason.trim()))) close();
  };
  return (
    <PopoverNext
      isOpen={open}
      onInteraction={(next) => (next ? setOpen(true) : close())}
      placement="bottom-end"
      content={
        <form
          className="reason-form"
          aria-label={text}
          onSubmit={(event) => {
            event.preventDefault();
            void submit();
          }}
        >
          <p>{question}</p>
          <label htmlFor={field}>Reason, for the ledger</label>
          <TextArea
            id={field}
            autoFocus
            fill
            rows={2}
            maxLength={2000}
            value={reason}
            onChange={(event) => setReason(event.currentTarget.value)}
          />
          {error !== undefined && <ErrorCallout error={error} />}
          <div className="reason-form-acts">
            <Button text="Cancel" onClick={close} />
            <Button
              type="submit"
              intent="primary"
              text={text}
              loading={busy}
              disabled={reason.trim() === ''}
            />
          </div>
        </form>
      }
    >
      <Button text={text} icon={icon} size={small === true ? 'small' : 'medium'} />
    </PopoverNext>
  );
}
