import type { AreaSummary, Figure } from '../api/common.ts';
import type { EngineContext } from '../engine/context.ts';
import type { VersionRow } from '../registry/service.ts';
import { mappingFigures, mappingTrend, readMeasurements, speedFigure } from './measurements.ts';

/** What Home shows of serving: the accuracy of mapping diseases to treatments, and the speed of inference. */
export function servingSummary(context: EngineContext, production: VersionRow | null): AreaSummary {
  const measurements = readMeasurements(context);
  const last = measurements.findLast((entry) => entry.modelVersionId === production?.id);
  const mapping: Figure =
    last === undefined
      ? notMeasured(mappingTrend(measurements))
      : mappingFigures(last.modelVersion, last.mapping, mappingTrend(measurements)).f1;
  return {
    headline: production === null ? 'Nothing serves yet' : `${production.name} serves`,
    next: production === null ? 'Promote a version to Production.' : null,
    route: production === null ? '/registry' : '/serving',
    figures: [mapping, speedFigure(measurements, production?.id ?? null)],
  };
}

function notMeasured(trend: Figure['trend']): Figure {
  return {
    name: 'Mapping accuracy',
    value: null,
    unit: 'F1',
    interval: null,
    n: null,
    howComputed:
      'F1 of the rule “treatment and disease in one sentence” against linked pairs on the test part; measured when a version comes into Production.',
    trend,
  };
}
