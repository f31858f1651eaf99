import { Button, PopoverNext } from '@blueprintjs/core';
import { useId, useState } from 'react';
import type { LedgerEntry } from '../../../workers/api/registry.ts';
import { call } from '../../engine-client/engine.ts';
import { useAction } from '../../engine-client/use-action.ts';
import { ErrorCallout } from '../../ui/ErrorCallout.tsx';
import { formatDate, formatTime } from '../../ui/format.ts';
import { Time } from '../../ui/Time.tsx';

/** Answers what was in Production at a moment in the past. */
export function ProductionAt() {
  const [moment, setMoment] = useState(
    () => `${formatDate(Date.now())}T${formatTime(Date.now()).slice(0, 5)}`,
  );
  const [found, setFound] = useState<readonly LedgerEntry[] | null>(null);
  const field = useId();
  const ask = useAction(async () => {
    // The end of the minute: whatever happened in it has happened.
    setFound(await call('registry.productionAt', { at: new Date(moment).getTime() + 59_999 }));
  });
  return (
    <PopoverNext
      placement="bottom-end"
      content={
        <form
          className="reason-form"
          aria-label="In Production on a date"
          onSubmit={(event) => {
            event.preventDefault();
            void ask.run();
          }}
        >
          <label htmlFor={field}>Local date and time</label>
          <input
            id={field}
            className="bp6-input"
            type="datetime-local"
            value={moment}
            required
            onChange={(event) => {
              setMoment(event.currentTarget.value);
              setFound(null);
            }}
          />
          <div className="reason-form-acts">
            <Button
              type="submit"
              intent="primary"
              text="Look up"
              loading={ask.busy}
              disabled={moment === ''}
            />
          </div>
          {ask.error !== undefined && <ErrorCallout error={ask.error} />}
          {found !== null && (
            <div role="status">
              {found.length === 0 && <p>Nothing was in Production then.</p>}
              {found.map((entry) => (
                <p key={entry.id}>
                  <strong>{entry.versionName}</strong>, since <Time at={entry.at} />, by {entry.actor}:{' '}
                  {entry.reason}
                </p>
              ))}
            </div>
          )}
        </form>
      }
    >
      <Button icon="history" text="In Production on…" />
    </PopoverNext>
  );
}
