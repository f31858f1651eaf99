import { createHash } from 'node:crypto';
import {
  Vocabulary,
  createTagger,
  createTrainer,
  encodeModel,
  extract,
  tagsToSpans,
  validateTemplateSet,
} from '../../crf-core/index.ts';
import { MedspanError } from '../api/errors.ts';
import { evaluatePart } from './evaluate-part.ts';
import type { ReadNote } from './evaluate-part.ts';
import { learn } from './learn.ts';
import { createMemoryWatch } from './memory-watch.ts';
import type { PreparedNote, PreparedSentence } from './prepared-notes.ts';
import { sentenceTokens } from './prepared-notes.ts';
import { createSplitReader } from './read-part.ts';
import { stopWhenAsked } from './stop-when-asked.ts';
import type { TrainInput, TrainOutput, TrainThread } from './train-task.ts';

const bootstrapResamples = 1000;

/** The whole of a run: read, extract, train, score. Runs in a thread; the engine stores what it returns. */
export function train(input: TrainInput, thread: TrainThread): TrainOutput {
  const started = performance.now();
  const { parameters, seed } = input;
  const templates = validateTemplateSet(input.templateSet);
  const memory = createMemoryWatch();
  const reader = createSplitReader({
    db: thread.database(),
    splitId: input.splitId,
    scheme: parameters.scheme,
    onNote: () => stopWhenAsked(thread),
  });

  const training = reader.part('train');
  const vocabulary = new Vocabulary();
  const data = extract(allSentences(training.notes), templates, vocabulary);
  memory.look();
  refuseNothing(training.counts.notes(), training.counts.tokens(), training.counts.projection().total);
  vocabulary.freeze();
  const dev = [...reader.part('dev').notes];
  const test = [...reader.part('test').notes];
  const trainer = createTrainer(data, {
    c2: parameters.c2,
    scheme: parameters.scheme,
    templateSet: templates,
    minimumFrequency: parameters.minimumFrequency,
    maximumIterations: parameters.maxIterations,
  });
  const extractSeconds = (performance.now() - started) / 1000 - reader.seconds();
  memory.look();

  const trainStarted = performance.now();
  const outcome = learn(input, thread, { trainer, templates, dev, memory });
  const trainSeconds = (performance.now() - trainStarted) / 1000;

  thread.progress({ kind: 'evaluating' });
  const evaluateStarted = performance.now();
  const tagger = createTagger(outcome.model);
  const bootstrap = { resamples: bootstrapResamples, seed };
  const read = (notes: readonly PreparedNote[]): readonly ReadNote[] =>
    notes.map((note) => {
      stopWhenAsked(thread);
      const tags = [...sentenceTokens(note)].flatMap(({ tokens }) => tagger.tagsOf(tokens));
      return { ...note, predicted: tagsToSpans(tags, note.tokens, parameters.scheme, note.sentences) };
    });
  const devResult = dev.length === 0 ? null : evaluatePart('dev', read(dev), bootstrap);
  const testResult = test.length === 0 ? null : evaluatePart('test', read(test), bootstrap);
  const model = encodeModel(outcome.model);
  memory.look();
  const ended = performance.now();

  return {
    model,
    modelSha256: createHash('sha256').update(model).digest('hex'),
    dataSha256: reader.digest(),
    iterations: outcome.iterations,
    stopReason: outcome.stopReason,
    size: {
      notes: training.counts.notes(),
      sentences: training.counts.sentences(),
      tokens: training.counts.tokens(),
      spans: training.counts.projection().total,
      attributes: vocabulary.size,
      weights: trainer.size,
    },
    projection: training.counts.projection(),
    evaluation: {
      dev: devResult?.evaluation ?? null,
      test: testResult?.evaluation ?? null,
      bootstrap,
    },
    timings: {
      readSeconds: reader.seconds(),
      extractSeconds,
      trainSeconds,
      evaluateSeconds: (ended - evaluateStarted) / 1000,
      totalSeconds: (ended - started) / 1000,
    },
    peakMemoryBytes: memory.peak(),
    notes: [...(devResult?.notes ?? []), ...(testResult?.notes ?? [])],
  };
}

function* allSentences(notes: Iterable<PreparedNote>): Generator<PreparedSentence> {
  for (const note of notes) yield* sentenceTokens(note);
}

function refuseNothing(notes: number, tokens: number, spans: number): void {
  if (notes === 0) {
    throw new MedspanError(
      'CANNOT_COMPUTE',
      'The train part of this split holds no notes. Make a split with a larger share for training.',
    );
  }
  if (tokens === 0 || spans === 0) {
    throw new MedspanError(
      'CANNOT_COMPUTE',
      `The ${String(notes)} notes of the train part hold no annotated entities. Annotate some of them, or import annotated notes, then make a new snapshot.`,
      { notes },
    );
  }
}
