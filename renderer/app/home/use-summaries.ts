import type { AreaSummary } from '../../../workers/api/common.ts';
import type { EventName } from '../../../workers/api/events.ts';
import type { Query } from '../../engine-client/use-query.ts';
import { useQuery } from '../../engine-client/use-query.ts';
import type { AreaId } from '../areas.ts';

export type Summaries = Readonly<Record<AreaId, Query<AreaSummary>>>;

const refresh: Readonly<Record<AreaId, { readonly refreshOn: readonly EventName[] }>> = {
  corpus: { refreshOn: ['corpus.changed', 'snapshot.created'] },
  annotation: { refreshOn: ['note.changed', 'corpus.changed', 'schema.changed'] },
  training: { refreshOn: ['run.changed', 'snapshot.created'] },
  registry: { refreshOn: ['registry.changed', 'run.changed'] },
  serving: { refreshOn: ['registry.changed', 'note.changed'] },
  monitoring: { refreshOn: ['monitoring.changed', 'alert.raised', 'registry.changed'] },
  pipelines: { refreshOn: ['pipelines.changed', 'alert.raised'] },
};

/** What each area says of itself, kept fresh by the events that may change it. */
export function useSummaries(): Summaries {
  return {
    corpus: useQuery('corpus.summary', {}, refresh.corpus),
    annotation: useQuery('annotation.summary', {}, refresh.annotation),
    training: useQuery('training.summary', {}, refresh.training),
    registry: useQuery('registry.summary', {}, refresh.registry),
    serving: useQuery('serving.summary', {}, refresh.serving),
    monitoring: useQuery('monitoring.summary', {}, refresh.monitoring),
    pipelines: useQuery('pipelines.summary', {}, refresh.pipelines),
  };
}
