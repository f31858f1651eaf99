import { createAnnotationService } from '../../annotation/service.ts';
import { createCorpusService } from '../../corpus/service.ts';
import { createMonitoringService } from '../../monitoring/service.ts';
import { createPipelinesService } from '../../pipelines/service.ts';
import { createRegistryService } from '../../registry/service.ts';
import { createServingService } from '../../serving/service.ts';
import { createTrainingService } from '../../training/service.ts';
import type { EngineContext } from '../context.ts';

/**
 * Makes the service of every area, in the order in which they may know of each other: corpus, annotation,
 * training, registry, serving, monitoring, pipelines. Each owner adds one line; the keys keep the order.
 */
export function createAreas(context: EngineContext) {
  const corpus = createCorpusService(context);
  const annotation = createAnnotationService(context, corpus);
  const training = createTrainingService(context);
  const registry = createRegistryService(context, corpus, training);
  const serving = createServingService(context, annotation, training, registry);
  const monitoring = createMonitoringService(context, training, registry);
  const pipelines = createPipelinesService(context, { corpus, annotation, training, registry });
  return { corpus, annotation, training, registry, serving, monitoring, pipelines };
}

export type Areas = ReturnType<typeof createAreas>;
