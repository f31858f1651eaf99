import type { EngineContext } from '../engine/context.ts';
import { vocabularyTask } from './vocabulary.ts';

/** The words that versions were trained on, read once a session and version. */
export function createVocabularies(context: EngineContext, splitOf: (versionId: number) => number) {
  const known = new Map<number, Promise<Uint8Array>>();
  return {
    of(versionId: number, signal?: AbortSignal): Promise<Uint8Array> {
      const found = known.get(versionId);
      if (found !== undefined) return found;
      const reading = context.compute.run(
        vocabularyTask,
        { splitId: splitOf(versionId) },
        signal === undefined ? {} : { signal },
      );
      known.set(versionId, reading);
      reading.catch(() => known.delete(versionId));
      return reading;
    },
  };
}
