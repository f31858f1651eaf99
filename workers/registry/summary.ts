import type { AreaSummary, Figure } from '../api/common.ts';
import type { LedgerEntry, ModelVersion } from '../api/registry.ts';

/** What Home shows of the registry. */
export function registrySummary(
  versions: readonly ModelVersion[],
  ledger: readonly LedgerEntry[],
): AreaSummary {
  const production = versions.find((version) => version.stage === 'Production');
  return {
    headline:
      production !== undefined
        ? `${production.name} in Production`
        : versions.length === 0
          ? 'No version yet'
          : `${String(versions.length)} ${versions.length === 1 ? 'version' : 'versions'}, none in Production`,
    ...nextStep(versions, production),
    figures: [productionFigure(production, versions, ledger)],
  };
}

function nextStep(
  versions: readonly ModelVersion[],
  production: ModelVersion | undefined,
): Pick<AreaSummary, 'next' | 'route'> {
  const [newest] = versions;
  if (newest === undefined) return { next: 'Register the model of a finished run.', route: '/training' };
  const route = `/registry/version/${String(newest.id)}`;
  const stage = newest.stage === 'None' ? 'Staging' : newest.stage === 'Staging' ? 'Production' : null;
  if (stage === null || newest.id === production?.id) return { next: null, route: '/registry' };
  const { blocked } = newest.gates[stage];
  return {
    next:
      blocked === null
        ? `Promote ${newest.name} to ${stage}.`
        : `Run the checks of ${newest.name} for ${stage}.`,
    route,
  };
}

function productionFigure(
  production: ModelVersion | undefined,
  versions: readonly ModelVersion[],
  ledger: readonly LedgerEntry[],
): Figure {
  const trend = ledger.flatMap((entry) => {
    const f1 = versions.find((version) => version.id === entry.modelVersionId)?.f1 ?? null;
    return entry.toStage === 'Production' && f1 !== null ? [{ at: entry.at, value: f1 }] : [];
  });
  return {
    name: 'F1 in Production',
    value: production?.f1 ?? null,
    unit: 'F1',
    interval: null,
    n: production?.testNotes ?? null,
    howComputed:
      production === undefined
        ? 'Nothing stands in Production yet.'
        : `Strict span F1 over all labels of ${production.name} on the test part of its run; the trend has one point for each version that came into Production.`,
    trend,
  };
}
