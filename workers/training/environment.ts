import { arch, availableParallelism, cpus, platform, totalmem } from 'node:os';
import type { RunEnvironment } from '../api/training.ts';

/** Programs and machine, as a run records them. */
export function describeEnvironment(versions: { medspan: string; crfCore: string }): RunEnvironment {
  return {
    medspan: versions.medspan,
    crfCore: versions.crfCore,
    node: process.versions.node,
    electron: process.versions['electron'] ?? null,
    platform: platform(),
    architecture: arch(),
    cpu: cpus()[0]?.model.trim() ?? 'unknown',
    cores: availableParallelism(),
    memoryBytes: totalmem(),
  };
}
