import { Button, FormGroup, NumericInput, PopoverNext } from '@blueprintjs/core';
import type { MonitoringSettings as Values } from '../../workers/api/monitoring.ts';
import { call } from '../engine-client/engine.ts';
import { useQuery } from '../engine-client/use-query.ts';
import { showError } from '../ui/toaster.ts';

/** What counts as drift and when to raise an alert; it holds for the comparisons that follow. */
export function SettingsPopover() {
  const { data, refresh } = useQuery('monitoring.settings', {});
  if (data === undefined) return null;
  const set = (change: Partial<Values>): void => {
    call('monitoring.setSettings', change).then(refresh, showError);
  };
  return (
    <PopoverNext
      placement="bottom-end"
      content={
        <div className="monitoring-settings">
          <FormGroup label="Alert from a drop of F1 by" labelInfo="per cent" labelFor="drop-threshold">
            <NumericInput
              id="drop-threshold"
              min={1}
              max={90}
              defaultValue={Math.round(data.dropThreshold * 100)}
              onValueChange={(value) => {
                if (value >= 1 && value <= 90) set({ dropThreshold: value / 100 });
              }}
            />
          </FormGroup>
          <FormGroup
            label="Notes that a verdict needs"
            labelFor="minimum-notes"
            helperText="With fewer, a report says that there is not enough data."
          >
            <NumericInput
              id="minimum-notes"
              min={10}
              max={10_000}
              stepSize={10}
              defaultValue={data.minimumNotes}
              onValueChange={(value) => {
                if (Number.isSafeInteger(value) && value >= 10 && value <= 10_000)
                  set({ minimumNotes: value });
              }}
            />
          </FormGroup>
          <FormGroup
            label="Smallest Jensen–Shannon distance"
            labelFor="effect-floor"
            helperText="A smaller difference is no drift, however significant."
          >
            <NumericInput
              id="effect-floor"
              min={0}
              max={0.8}
              stepSize={0.01}
              minorStepSize={0.001}
              defaultValue={data.effectFloor}
              onValueChange={(value) => {
                if (value >= 0 && value <= 0.8) set({ effectFloor: value });
              }}
            />
          </FormGroup>
        </div>
      }
    >
      <Button icon="settings" aria-label="What counts as drift" />
    </PopoverNext>
  );
}
