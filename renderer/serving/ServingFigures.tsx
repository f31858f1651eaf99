import { Button } from '@blueprintjs/core';
import type { Figure } from '../../workers/api/common.ts';
import type { ServingState } from '../../workers/api/serving.ts';
import { call } from '../engine-client/engine.ts';
import { useAction } from '../engine-client/use-action.ts';
import { useQuery } from '../engine-client/use-query.ts';
import { ErrorCallout } from '../ui/ErrorCallout.tsx';
import { formatFigure, formatNumber } from '../ui/format.ts';
import { HowComputed } from '../ui/HowComputed.tsx';
import { Stat } from '../ui/Stat.tsx';

/** Speed on this machine, and how well the one-sentence rule maps treatments to diseases. */
export function ServingFigures({
  state,
  versionId,
}: {
  readonly state: ServingState;
  readonly versionId: number;
}) {
  const mapping = useQuery(
    'serving.mappingAccuracy',
    { modelVersionId: versionId },
    { refreshOn: ['registry.changed'] },
  );
  const measure = useAction(() => call('serving.measureSpeed', { modelVersionId: versionId }));
  return (
    <section className="serving-figures" aria-label="Figures">
      <FigureStat figure={state.inferenceSpeed} />
      <Button
        size="small"
        icon="time"
        text="Measure on this machine"
        loading={measure.busy}
        onClick={() => void measure.run()}
      />
      {[measure.error, mapping.error].map(
        (error) => error && <ErrorCallout key={error.message} error={error} />,
      )}
      {mapping.data !== undefined && (
        <div className="serving-mapping">
          <FigureStat figure={mapping.data.f1} />
          <FigureStat figure={mapping.data.precision} />
          <FigureStat figure={mapping.data.recall} />
          <FigureStat figure={mapping.data.f1OnGoldSpans} />
        </div>
      )}
    </section>
  );
}

function FigureStat({ figure }: { readonly figure: Figure }) {
  const { name, value, unit, interval, n } = figure;
  const range = interval?.map((bound) => formatFigure(bound, unit)).join(' to ');
  return (
    <Stat
      label={name}
      value={value === null ? '–' : formatFigure(value, unit)}
      detail={[range, n === null ? undefined : `n = ${formatNumber(n, 0)}`]
        .filter((part) => part !== undefined)
        .join(', ')}
      aside={<HowComputed figure={figure} />}
    />
  );
}
