import { NumericInput, Switch } from '@blueprintjs/core';
import { call } from '../engine-client/engine.ts';
import { useQuery } from '../engine-client/use-query.ts';
import { showError } from '../ui/toaster.ts';

/** What starts the pipeline by itself. */
export function Triggers() {
  const { data, refresh } = useQuery('pipelines.triggers', {});
  if (data === undefined) return null;
  const set = (change: { onAlert?: boolean; afterAnnotatedNotes?: number | null }): void => {
    call('pipelines.setTriggers', change).then(refresh, showError);
  };
  const { onAlert, afterAnnotatedNotes } = data;
  return (
    <div className="triggers" role="group" aria-label="What starts it">
      <Switch
        checked={onAlert}
        label="Start when monitoring raises an alert"
        onChange={(event) => set({ onAlert: event.currentTarget.checked })}
      />
      <Switch
        checked={afterAnnotatedNotes !== null}
        label="Start after newly annotated notes"
        onChange={(event) => set({ afterAnnotatedNotes: event.currentTarget.checked ? 100 : null })}
      />
      {afterAnnotatedNotes !== null && (
        <NumericInput
          aria-label="Newly annotated notes"
          min={1}
          max={1_000_000}
          value={afterAnnotatedNotes}
          onValueChange={(value) => {
            if (Number.isSafeInteger(value) && value >= 1) set({ afterAnnotatedNotes: value });
          }}
        />
      )}
    </div>
  );
}
