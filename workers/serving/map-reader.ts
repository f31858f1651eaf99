import type { Page } from '../api/common.ts';
import type { PairMention, TreatmentMap } from '../api/serving.ts';
import type { EngineContext } from '../engine/context.ts';
import type { VersionRow } from '../registry/service.ts';
import { dataVersion } from './queries.ts';
import { treatmentMapTask } from './treatment-map.ts';
import type { MapInput, MapOutput } from './treatment-map.ts';

/** Reads the treatment map in a thread, and keeps the last one for as long as nothing changed. */
export function createMapReader(context: EngineContext, production: () => VersionRow | null) {
  let kept: { readonly key: string; readonly output: Promise<MapOutput> } | null = null;

  /** Shared by whoever asks at the same time, so no one caller's going away ends it. */
  function read(input: MapInput): Promise<MapOutput> {
    const key = JSON.stringify([input, dataVersion(context.db)]);
    if (kept?.key === key) return kept.output;
    const output = context.compute.run(treatmentMapTask, input);
    const entry = { key, output };
    kept = entry;
    output.catch(() => {
      if (kept === entry) kept = null;
    });
    return output;
  }

  return {
    async map(corpusId: number | null, limit: number): Promise<TreatmentMap> {
      const version = production();
      const output = await read({ corpusId, modelVersionId: version?.id ?? null, pair: null });
      return {
        pairs: output.pairs.slice(0, limit),
        total: output.pairs.length,
        diseases: output.diseases,
        treatments: output.treatments,
        notesWithGold: output.notesWithGold,
        notesWithPredictions: output.notesWithPredictions,
        modelVersion: version?.name ?? null,
        howComputed: howComputed(output, version),
      };
    },

    async mentions(
      corpusId: number | null,
      pair: { readonly disease: string; readonly treatment: string },
      limit: number,
      offset: number,
      signal: AbortSignal,
    ): Promise<Page<PairMention>> {
      const input = { corpusId, modelVersionId: production()?.id ?? null, pair };
      // A pair's places are asked for page by page; they are not worth the map's place in memory.
      const { mentions } = await context.compute.run(treatmentMapTask, input, { signal });
      return { rows: mentions.slice(offset, offset + limit), total: mentions.length };
    },
  };
}

function howComputed(output: MapOutput, version: VersionRow | null): string {
  const gold = `${String(output.notesWithGold)} notes with annotation: linked pairs, and pairs whose spans stand in one sentence.`;
  if (version === null) return `${gold} Nothing is in Production, so other notes do not count.`;
  if (output.notesWithPredictions === 0) {
    return `${gold} ${version.name} has not predicted over other notes yet; Serving can.`;
  }
  return `${gold} ${String(output.notesWithPredictions)} other notes: pairs in one sentence as predicted by ${version.name}.`;
}
