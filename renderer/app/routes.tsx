import type { ComponentType } from 'react';
import { lazy } from 'react';
import type { AreaId } from './areas.ts';

export interface ScreenProps {
  /** Segments of the route after the area. */
  readonly path: readonly string[];
}

/** Each area's screen in a chunk of its own, fetched when it is first shown. */
export const screens: Readonly<Record<AreaId, ComponentType<ScreenProps>>> = {
  corpus: lazy(async () => ({ default: (await import('../corpus/CorpusScreen.tsx')).CorpusScreen })),
  annotation: lazy(async () => ({
    default: (await import('../annotation/AnnotationScreen.tsx')).AnnotationScreen,
  })),
  training: lazy(async () => ({ default: (await import('../training/TrainingScreen.tsx')).TrainingScreen })),
  registry: lazy(async () => ({ default: (await import('../registry/RegistryScreen.tsx')).RegistryScreen })),
  serving: lazy(async () => ({ default: (await import('../serving/ServingScreen.tsx')).ServingScreen })),
  monitoring: lazy(async () => ({
    default: (await import('../monitoring/MonitoringScreen.tsx')).MonitoringScreen,
  })),
  pipelines: lazy(async () => ({
    default: (await import('../pipelines/PipelinesScreen.tsx')).PipelinesScreen,
  })),
};
