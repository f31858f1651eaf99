import { arch, availableParallelism, cpus, platform, totalmem } from 'node:os';
import type { RunEnvironment } from '../api/training.ts';

/** Programs and machine, as a run records them. */
export function describeEnvironment(medspan: string): RunEnvironment {
  return {
    medspan,
    node: process.versions.node,
    electron: process.versions['electron'] ?? null,
    platform: platform(),
    architecture: arch(),
    cpu: cpus()[0]?.model.trim() ?? 'unknown',
    cores: availableParallelism(),
    memoryBytes: totalmem(),
  };
}
