import type { AnnotationService } from '../annotation/service.ts';
import { MedspanError } from '../api/errors.ts';
import type {
  MappingAccuracy,
  Prediction,
  PredictionLogLine,
  ServingState,
  servingMethods,
} from '../api/serving.ts';
import type { AreaService, EngineContext } from '../engine/context.ts';
import type { RegistryService, TrainedRuns, VersionRow } from '../registry/service.ts';
import type { TaggedNote } from './bundle/log-line.ts';
import { createMapReader } from './map-reader.ts';
import { mappingTask } from './mapping-accuracy.ts';
import { mappingFigures, mappingTrend, measure, readMeasurements, speedFigure } from './measurements.ts';
import { suggestOver } from './suggest.ts';
import type { SuggestRequest } from './suggest.ts';
import { servingSummary } from './summary.ts';
import { tagTextsTask } from './tag-texts.ts';
import { createVocabularies } from './vocabularies.ts';

export { logLine } from './bundle/log-line.ts';
export type { NoteTagger, Occasion, TaggedNote } from './bundle/log-line.ts';
export { createNoteTagger, tagWithTokens } from './bundle/note-tagger.ts';
export { noteFeatures } from './bundle/note-features.ts';
export { stopWords } from './bundle/stop-words.ts';

export interface ServingService extends AreaService<typeof servingMethods> {
  /** What a version finds in each text, just as its bundle would. */
  predict(
    versionId: number,
    texts: readonly string[],
    signal?: AbortSignal,
  ): Promise<readonly { readonly tagged: TaggedNote; readonly latencyMs: number }[]>;
  /** Words that a version's train part held, as crf-core's WordSet stores them. */
  vocabulary(versionId: number, signal?: AbortSignal): Promise<Uint8Array>;
  /** Predicts over a corpus and writes suggestions, as a job. */
  suggest(
    versionId: number,
    request: SuggestRequest,
  ): { readonly id: number; readonly done: Promise<{ readonly notes: number; readonly spans: number }> };
}

export type { PredictionLogLine };

export function createServingService(
  context: EngineContext,
  annotation: Pick<AnnotationService, 'writeSuggestions'>,
  training: TrainedRuns,
  registry: RegistryService,
): ServingService {
  const vocabularies = createVocabularies(
    context,
    (versionId) => training.run(registry.version(versionId).runId).splitId,
  );
  const maps = createMapReader(context, () => registry.productionVersion());
  let stopListening: (() => void) | null = null;
  const measuring = new Set<number>();

  /** The asked version, else Production. */
  function chosen(modelVersionId: number | undefined): VersionRow {
    if (modelVersionId !== undefined) return registry.version(modelVersionId);
    const production = registry.productionVersion();
    if (production !== null) return production;
    throw new MedspanError(
      'NOT_FOUND',
      'No version is in Production yet. Choose a version, or promote one in the registry.',
    );
  }

  async function predict(versionId: number, texts: readonly string[], signal?: AbortSignal) {
    const { artifactId } = registry.version(versionId);
    const vocabulary = await vocabularies.of(versionId, signal);
    return context.compute.run(
      tagTextsTask,
      { artifactId, vocabulary, texts },
      signal === undefined ? {} : { signal },
    );
  }

  function startMeasuring(version: VersionRow): number {
    measuring.add(version.id);
    const { id, done } = context.jobs.start({
      kind: 'serving.measure',
      title: `Speed and mapping accuracy of ${version.name}`,
      async run(job) {
        const { splitId } = training.run(version.runId);
        const { speed } = await measure(context, version, splitId, job.signal);
        return { tokensPerSecond: speed.tokensPerSecond };
      },
    });
    done.catch(() => undefined).finally(() => measuring.delete(version.id));
    return id;
  }

  /** What comes into Production is measured once, without being asked. */
  function measureProduction(): void {
    const production = registry.productionVersion();
    if (production === null || measuring.has(production.id)) return;
    if (readMeasurements(context).some((entry) => entry.modelVersionId === production.id)) return;
    startMeasuring(production);
  }

  function suggest(versionId: number, request: SuggestRequest) {
    const version = registry.version(versionId);
    return context.jobs.start({
      kind: 'serving.suggest',
      title: `Suggestions of ${version.name}`,
      run: (job) => suggestOver(context, annotation, version, request, job),
    });
  }

  async function mappingAccuracy(version: VersionRow, signal: AbortSignal): Promise<MappingAccuracy> {
    const stored = readMeasurements(context).findLast((entry) => entry.modelVersionId === version.id);
    const input = { artifactId: version.artifactId, splitId: training.run(version.runId).splitId };
    const mapping = stored?.mapping ?? (await context.compute.run(mappingTask, input, { signal }));
    const trend = mappingTrend(readMeasurements(context));
    return { modelVersion: version.name, ...mappingFigures(version.name, mapping, trend) };
  }

  function state(): ServingState {
    const production = registry.productionVersion();
    const measurements = readMeasurements(context);
    return {
      production:
        production === null
          ? null
          : {
              modelVersionId: production.id,
              name: production.name,
              since: registry.stageOf(production.id).since,
            },
      versions: registry.versions().map((version) => ({
        modelVersionId: version.id,
        name: version.name,
        stage: registry.stageOf(version.id).stage,
      })),
      inferenceSpeed: speedFigure(
        measurements,
        production?.id ?? measurements.at(-1)?.modelVersionId ?? null,
      ),
      lastBundle: registry.lastExport(),
    };
  }

  return {
    predict,
    vocabulary: (versionId, signal) => vocabularies.of(versionId, signal),
    suggest,
    start() {
      stopListening = context.events.on('registry.changed', measureProduction);
    },
    stop() {
      stopListening?.();
    },
    handlers: {
      'serving.summary': () => servingSummary(context, registry.productionVersion()),
      'serving.state': state,
      'serving.predict': async ({ modelVersionId, text }, call): Promise<Prediction> => {
        const version = chosen(modelVersionId);
        const [found] = await predict(version.id, [text], call.signal);
        if (found === undefined) throw new Error('no prediction came back');
        const { tagged, latencyMs } = found;
        return {
          modelVersionId: version.id,
          modelVersion: version.name,
          spans: tagged.spans,
          features: tagged.features,
          expectedGold: tagged.expectedGold,
          meanTokenMaxMarginal: tagged.confidence.meanTokenMaxMarginal,
          latencyMs,
        };
      },
      'serving.suggest': ({ corpusId, modelVersionId, notes, minProbability }) => ({
        jobId: suggest(chosen(modelVersionId).id, {
          corpusId,
          unannotated: notes === 'unannotated',
          minProbability,
        }).id,
      }),
      'serving.measureSpeed': ({ modelVersionId }) => ({ jobId: startMeasuring(chosen(modelVersionId)) }),
      'serving.treatmentMap': ({ corpusId, limit }) => maps.map(corpusId ?? null, limit),
      'serving.pairMentions': ({ corpusId, disease, treatment, limit, offset }, call) =>
        maps.mentions(corpusId ?? null, { disease, treatment }, limit, offset, call.signal),
      'serving.mappingAccuracy': ({ modelVersionId }, call) =>
        mappingAccuracy(chosen(modelVersionId), call.signal),
    },
  };
}
