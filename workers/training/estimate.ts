import { createHash } from 'node:crypto';
import { freemem } from 'node:os';
import type { Dataset, TemplateSet, TrainerOptions } from '../../crf-core/index.ts';
import {
  Vocabulary,
  createTrainer,
  estimateMemory,
  extract,
  tokenCount,
  validateTemplateSet,
} from '../../crf-core/index.ts';
import { readTrainingNotes } from '../annotation/service.ts';
import { MedspanError } from '../api/errors.ts';
import type { RunEstimate } from '../api/training.ts';
import type { ReadableDatabase } from '../storage/connection.ts';
import type { EstimateInput } from './estimate-task.ts';
import type { PreparedSentence } from './prepared-notes.ts';
import { createPreparation, sentenceTokens } from './prepared-notes.ts';
import { countPart, leakedCount } from './queries.ts';
import { stopWhenAsked } from './stop-when-asked.ts';

/** Tokens extracted to learn how attributes grow; enough for a few per cent, little enough for half a second. */
const sampleTokens = 20_000;

/** A value's names and table cells on the JavaScript heap, for one attribute; measured, not computed. */
const heapBytesPerAttribute = 60;

/** What a run will hold and take, extrapolated from a sample spread evenly over the train part. */
export function estimate(input: EstimateInput, db: ReadableDatabase, cancelled: () => boolean): RunEstimate {
  const { splitId, parameters } = input;
  const templates = validateTemplateSet(input.templateSet);
  const notes = countPart(db, splitId, 'train');
  const preparation = createPreparation(parameters.scheme, createHash('sha256'));
  // Six characters a token is close enough to choose every n-th note.
  const stride = Math.max(1, Math.floor(notes.characters / 6 / sampleTokens));
  const sample: PreparedSentence[] = [];
  let index = 0;
  for (const note of readTrainingNotes(db, splitId, 'train')) {
    stopWhenAsked({ cancelled });
    index += 1;
    if (index % stride === 0) sample.push(...sentenceTokens(preparation.prepare(note)));
  }
  if (preparation.tokens() === 0 || preparation.projection().total === 0) {
    throw new MedspanError(
      'CANNOT_COMPUTE',
      'The train part of this split holds no annotated entities. Annotate some notes, or import annotated ones, then make a new snapshot.',
      { splitId },
    );
  }

  const half = extractSample(sample.slice(0, Math.ceil(sample.length / 2)), templates);
  const whole = extractSample(sample, templates);
  const options: TrainerOptions = {
    c2: parameters.c2,
    scheme: parameters.scheme,
    minimumFrequency: parameters.minimumFrequency,
  };
  const memory = estimateMemory(whole, options);
  const tokens = Math.round((preparation.tokens() * notes.count) / Math.max(1, preparation.notes()));
  const more = tokens / tokenCount(whole);
  const growth = exponent(half, whole);
  const attributes = Math.round(whole.vocabulary.size * more ** growth);
  const weights = Math.round(memory.weights * more ** growth);
  const memoryBytes = Math.round(
    (memory.dataset + memory.rows) * more +
      memory.vectors * more ** growth +
      heapBytesPerAttribute * attributes,
  );
  const freeMemoryBytes = freemem();
  return {
    notes: notes.count,
    tokens,
    attributes,
    weights,
    memoryBytes,
    freeMemoryBytes,
    secondsPerIteration: timeIteration(whole, options) * more,
    warnings: warningsOf(db, splitId, parameters.patience, memoryBytes, freeMemoryBytes),
  };
}

function extractSample(sentences: readonly PreparedSentence[], templates: TemplateSet): Dataset {
  return extract(sentences, templates, new Vocabulary());
}

/** Heaps: attributes grow as a power of the tokens; the power is read off two points of the sample. */
function exponent(half: Dataset, whole: Dataset): number {
  const tokens = tokenCount(whole) / Math.max(1, tokenCount(half));
  const attributes = whole.vocabulary.size / Math.max(1, half.vocabulary.size);
  if (tokens <= 1.05) return 1;
  return Math.min(1, Math.max(0.3, Math.log(attributes) / Math.log(tokens)));
}

/** Seconds of one iteration on the sample: the second of two, since the first one warms up. */
function timeIteration(data: Dataset, options: TrainerOptions): number {
  const trainer = createTrainer(data, options);
  trainer.step();
  const start = performance.now();
  const step = trainer.step();
  return (performance.now() - start) / 1000 / Math.max(1, step.evaluations);
}

function warningsOf(
  db: ReadableDatabase,
  splitId: number,
  patience: number,
  memoryBytes: number,
  freeMemoryBytes: number,
): string[] {
  const warnings: string[] = [];
  if (countPart(db, splitId, 'dev').count === 0 && patience > 0) {
    warnings.push('The split has no dev part: training runs to the maximum number of iterations.');
  }
  if (countPart(db, splitId, 'test').count === 0) {
    warnings.push('The split has no test part: the run will have no score on unseen notes.');
  }
  const leaked = leakedCount(db, splitId);
  if (leaked > 0) {
    warnings.push(
      `${String(leaked)} notes stand in an earlier part too; scores are given with and without them.`,
    );
  }
  if (memoryBytes > 0.8 * freeMemoryBytes) {
    warnings.push('This run needs most of the free memory. A higher minimum frequency makes it smaller.');
  }
  return warnings;
}
