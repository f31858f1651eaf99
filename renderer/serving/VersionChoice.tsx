import { HTMLSelect } from '@blueprintjs/core';
import type { ServingState } from '../../workers/api/serving.ts';

/** Which version answers on this screen. */
export function VersionChoice(props: {
  readonly versions: ServingState['versions'];
  readonly chosen: number;
  readonly onChoose: (modelVersionId: number) => void;
}) {
  return (
    <HTMLSelect
      aria-label="Version to try"
      value={props.chosen}
      onChange={(event) => props.onChoose(Number(event.currentTarget.value))}
      options={props.versions.map(({ modelVersionId, name, stage }) => ({
        value: modelVersionId,
        label: stage === 'None' ? name : `${name} (${stage})`,
      }))}
    />
  );
}
