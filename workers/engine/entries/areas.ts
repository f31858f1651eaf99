import type { EngineContext } from '../context.ts';

/**
 * Makes the service of every area, in the order in which they may know of each other: corpus, annotation,
 * training, registry, serving, monitoring, pipelines. Each owner adds one line; the keys keep the order.
 */
export function createAreas(_context: EngineContext) {
  return {};
}

export type Areas = ReturnType<typeof createAreas>;
