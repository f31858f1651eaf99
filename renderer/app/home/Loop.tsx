import { Icon } from '@blueprintjs/core';
import type { AreaSummary } from '../../../workers/api/common.ts';
import type { Query } from '../../engine-client/use-query.ts';
import { Skeleton } from '../../ui/Skeleton.tsx';
import type { AreaEntry } from '../areas.ts';
import { areas } from '../areas.ts';
import type { Summaries } from './use-summaries.ts';

/**
 * The loop as it is: the corpus feeds annotation; annotation, training, registry, serving, monitoring and pipelines
 * follow each other round and come back to annotation.
 */
export function Loop({ summaries }: { readonly summaries: Summaries }) {
  return (
    <section className="loop" aria-label="The loop">
      {areas.map((area) => (
        <Station key={area.id} area={area} summary={summaries[area.id]} />
      ))}
      <Arrow place="corpus-annotation" direction="right" />
      <Arrow place="annotation-training" direction="right" />
      <Arrow place="training-registry" direction="right" />
      <Arrow place="registry-serving" direction="down" />
      <Arrow place="serving-monitoring" direction="left" />
      <Arrow place="monitoring-pipelines" direction="left" />
      <Arrow place="pipelines-annotation" direction="up" />
    </section>
  );
}

interface StationProps {
  readonly area: AreaEntry;
  readonly summary: Query<AreaSummary>;
}

function Station({ area, summary }: StationProps) {
  const { data, error, loading } = summary;
  return (
    <article className="station" style={{ gridArea: area.id }} aria-labelledby={`station-${area.id}`}>
      <h2 id={`station-${area.id}`}>
        <a href={`#/${area.id}`}>
          <Icon icon={area.icon} size={14} aria-hidden />
          {area.title}
        </a>
      </h2>
      {loading && <Skeleton lines={2} label={`${area.title} is loading`} />}
      {data === undefined && error !== undefined && <p className="station-error">{error.message}</p>}
      {data !== undefined && (
        <>
          <p className="station-headline">{data.headline}</p>
          {data.next !== null && (
            <a className="station-next" href={`#${data.route}`}>
              {data.next}
            </a>
          )}
        </>
      )}
    </article>
  );
}

const turns = { right: 0, down: 90, left: 180, up: 270 } as const;

function Arrow({ place, direction }: { readonly place: string; readonly direction: keyof typeof turns }) {
  return (
    <svg
      className="loop-arrow"
      style={{ gridArea: place, transform: `rotate(${turns[direction]}deg)` }}
      width="24"
      height="24"
      viewBox="0 0 24 24"
      aria-hidden
    >
      <path
        d="M3 12h16M14 6.5 19.5 12 14 17.5"
        fill="none"
        stroke="currentColor"
        strokeWidth="1.75"
        strokeLinecap="round"
        strokeLinejoin="round"
      />
    </svg>
  );
}
