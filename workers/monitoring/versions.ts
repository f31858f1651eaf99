import { MedspanError } from '../api/errors.ts';
import type { RegistryService } from '../registry/service.ts';
import type { TrainingService } from '../training/service.ts';

/** A registered version as monitoring needs it. */
export interface MonitoredVersion {
  readonly id: number;
  /** As it stands in logs: `model/number`. */
  readonly name: string;
  readonly splitId: number;
  readonly model: Uint8Array;
}

export function versionNamed(
  registry: RegistryService,
  training: TrainingService,
  name: string,
): MonitoredVersion {
  const found = registry.versionNamed(name);
  if (found === undefined) {
    throw new MedspanError(
      'NOT_FOUND',
      `The logs were written by ${name}, which is not registered in this workspace. Open the workspace that it came from.`,
    );
  }
  return load(registry, training, found);
}

export function productionVersion(registry: RegistryService, training: TrainingService): MonitoredVersion {
  const found = registry.productionVersion();
  if (found === null) {
    throw new MedspanError('NOT_FOUND', 'No version is in Production. Promote one first.');
  }
  return load(registry, training, found);
}

function load(
  registry: RegistryService,
  training: TrainingService,
  version: { readonly id: number; readonly name: string; readonly runId: number },
): MonitoredVersion {
  return {
    id: version.id,
    name: version.name,
    splitId: training.run(version.runId).splitId,
    model: registry.versionModel(version.id),
  };
}
