import type { Figure } from '../../../workers/api/common.ts';
import { Sparkline } from '../../charts/Sparkline.tsx';
import { formatFigure, formatNumber } from '../../ui/format.ts';
import { HowComputed } from '../../ui/HowComputed.tsx';
import { Skeleton } from '../../ui/Skeleton.tsx';
import { Stat } from '../../ui/Stat.tsx';
import { areas } from '../areas.ts';
import { kpis } from './kpis.ts';
import type { Summaries } from './use-summaries.ts';

/** The five KPIs with interval, trend and how each was computed. */
export function Kpis({ summaries }: { readonly summaries: Summaries }) {
  const known = Object.fromEntries(
    areas.flatMap(({ id }) => (summaries[id].data === undefined ? [] : [[id, summaries[id].data]])),
  );
  return (
    <section className="kpis" aria-label="Key figures">
      {kpis(known).map(({ id, title, area, figures }) => {
        const [first, ...rest] = figures;
        return (
          <div key={id} className="kpi">
            {first !== undefined ? (
              <FigureStat figure={first} title={title} rest={rest} />
            ) : summaries[area].loading ? (
              <Skeleton lines={2} label={`${title} is loading`} />
            ) : (
              <Stat label={title} value="–" detail="not computed yet" />
            )}
          </div>
        );
      })}
    </section>
  );
}

interface FigureStatProps {
  readonly title: string;
  readonly figure: Figure;
  readonly rest: readonly Figure[];
}

function FigureStat({ title, figure, rest }: FigureStatProps) {
  const { value, unit, interval, n, trend } = figure;
  return (
    <Stat
      label={title}
      value={value === null ? '–' : formatFigure(value, unit)}
      aside={<HowComputed figure={figure} />}
      detail={[
        ...(rest.length > 0 || figure.name.toLowerCase() !== title.toLowerCase() ? [figure.name] : []),
        ...(value === null ? ['not enough data'] : []),
        ...(interval === null
          ? []
          : [`${formatFigure(interval[0], unit)} to ${formatFigure(interval[1], unit)}`]),
        ...(n === null ? [] : [`n = ${formatNumber(n, 0)}`]),
      ].join(', ')}
    >
      {rest.map((other) => (
        <div key={other.name} className="kpi-other">
          <span>
            {other.name} <strong>{other.value === null ? '–' : formatFigure(other.value, other.unit)}</strong>
          </span>
          <HowComputed figure={other} />
        </div>
      ))}
      <Sparkline
        values={trend.map((point) => point.value)}
        label={`Trend of ${title}, ${trend.length} values`}
        width={120}
      />
    </Stat>
  );
}
