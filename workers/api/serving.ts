import { z } from 'zod';
import type { AreaSummary, Figure, Page } from './common.ts';
import { id, page } from './common.ts';
import { method } from './method.ts';

/**
 * The log format of everything that predicts: the exported server, its command line and the app write one JSON
 * object a line, one line a note. No line holds text of a note. Readers ignore keys that they do not know, so
 * that the format can grow; a change of meaning gets a new number.
 */
export const predictionLogFormat = 'prediction-log/1';

const count = z.number().int().min(0);
const share = z.number().min(0).max(1);
const sha256 = z.string().regex(/^[0-9a-f]{64}$/);

/**
 * What a note looks like from outside. Shares and means are null where nothing stands under the fraction line:
 * an empty note has no share of capitals.
 */
export const noteFeaturesSchema = z.object({
  /** UTF-16 code units. */
  length: count,
  tokens: count,
  sentences: count,
  /** Tokens with at least one letter. */
  words: count,
  /** Upper-case letters among all letters. */
  capitalsShare: share.nullable(),
  /** Characters that are neither letter, digit nor white space, among all that are not white space. */
  punctuationShare: share.nullable(),
  /** Digits among all characters that are not white space. */
  digitShare: share.nullable(),
  /** Distinct case-folded words among all words. */
  uniqueWordsShare: share.nullable(),
  /** Words of a fixed list of English function words, among all words. */
  stopWordsShare: share.nullable(),
  /** Tokens a sentence. */
  meanSentenceLength: z.number().min(0).nullable(),
  /** Words that the training part never held, among all words; null where the model brings no vocabulary. */
  oovShare: share.nullable(),
  /** True where the note holds nothing but white space. */
  empty: z.boolean(),
});

export type NoteFeatures = z.infer<typeof noteFeaturesSchema>;

/** The features that are numbers, in the order in which screens and reports show them. */
export const noteFeatureNames = [
  'length',
  'tokens',
  'sentences',
  'words',
  'capitalsShare',
  'punctuationShare',
  'digitShare',
  'uniqueWordsShare',
  'stopWordsShare',
  'meanSentenceLength',
  'oovShare',
] as const satisfies readonly (keyof NoteFeatures)[];

/** A predicted span. Offsets are UTF-16, end exclusive. `probability` is that of exactly this span. */
export const predictedSpanSchema = z.object({
  label: z.string().min(1).max(100),
  start: count,
  end: count,
  probability: share,
});

export type PredictedSpan = z.infer<typeof predictedSpanSchema>;

/** One line of a prediction log. */
export const predictionLogLineSchema = z.object({
  format: z.literal(predictionLogFormat),
  /** Unique over all logs; joins the line with its text, where text was asked for. */
  id: z.string().min(1).max(100),
  /** Milliseconds UTC. */
  at: z.number().int().min(0),
  /** Model name and version number, such as `clinical-ner/3`. */
  modelVersion: z.string().min(1).max(200),
  /** SHA-256 of the UTF-8 text, hex. */
  textSha256: sha256,
  features: noteFeaturesSchema,
  spans: z.array(predictedSpanSchema),
  /**
   * By label, how many gold spans the model expects in this note: the sum over positions of the probability
   * that a span of the label begins there. With the spans' probabilities it estimates F1 without labels.
   */
  expectedGold: z.record(z.string(), z.number().min(0)),
  confidence: z.object({
    /** Mean over tokens of the most probable tag's probability. */
    meanTokenMaxMarginal: share.nullable(),
    /** Natural logarithm of the probability of the chosen tags, summed over sentences. */
    sequenceLogProbability: z.number().max(1e-6).nullable(),
    /** Entropy of the tag sequence in nats, summed over sentences; null where it was not computed. */
    sequenceEntropy: z.number().min(-1e-6).nullable(),
  }),
  /**
   * By template, how many attributes the note gave: `known` ones have weights in the model, `unknown` ones were
   * never seen in training.
   */
  attributeCounts: z.record(z.string(), z.object({ known: count, unknown: count })),
  /** Time from text to spans, without network and log. */
  latencyMs: z.number().min(0),
});

export type PredictionLogLine = z.infer<typeof predictionLogLineSchema>;

/** A line of the separate file that holds texts, written only where a person asked for it. */
export const predictionTextFormat = 'prediction-text/1';

export const predictionTextLineSchema = z.object({
  format: z.literal(predictionTextFormat),
  /** The `id` of the log line. */
  id: z.string().min(1).max(100),
  text: z.string(),
});

export type PredictionTextLine = z.infer<typeof predictionTextLineSchema>;

/** What a model says of one text. */
export interface Prediction {
  readonly modelVersionId: number;
  readonly modelVersion: string;
  readonly spans: readonly PredictedSpan[];
  readonly features: NoteFeatures;
  readonly expectedGold: Readonly<Record<string, number>>;
  readonly meanTokenMaxMarginal: number | null;
  readonly latencyMs: number;
}

/** Where a disease–treatment pair was found. */
export const pairOrigins = ['linked', 'gold-sentence', 'predicted-sentence'] as const;

/**
 * `linked`: an annotator linked the two spans. `gold-sentence`: both were annotated in one sentence.
 * `predicted-sentence`: Production predicted both in one sentence of a note that nobody annotated.
 */
export type PairOrigin = (typeof pairOrigins)[number];

/** Surface forms are merged by case folding and white space; the commonest form is shown. */
export interface TreatmentPair {
  readonly disease: string;
  readonly treatment: string;
  readonly linked: number;
  readonly goldSentences: number;
  readonly predictedSentences: number;
  readonly notes: number;
}

export interface TreatmentMap {
  /** Most frequent pairs first. */
  readonly pairs: readonly TreatmentPair[];
  /** Pairs in all, of which `pairs` is the first part. */
  readonly total: number;
  readonly diseases: number;
  readonly treatments: number;
  readonly notesWithGold: number;
  readonly notesWithPredictions: number;
  readonly modelVersion: string | null;
  readonly howComputed: string;
}

/** One place behind a pair. Sentence and spans as UTF-16 offsets of the note. */
export interface PairMention {
  readonly noteId: number;
  readonly noteName: string;
  readonly origin: PairOrigin;
  readonly start: number;
  readonly end: number;
  /** The sentence itself, for the screen. */
  readonly sentence: string;
  readonly disease: readonly [number, number];
  readonly treatment: readonly [number, number];
}

/** How well the one-sentence rule finds the pairs that annotators linked, on notes that the model never saw. */
export interface MappingAccuracy {
  readonly modelVersion: string | null;
  readonly precision: Figure;
  readonly recall: Figure;
  readonly f1: Figure;
  /** The same rule over gold spans: what would remain if every span were found. */
  readonly f1OnGoldSpans: Figure;
}

export interface ServingState {
  /** The version that answers: Production, or null where none is. */
  readonly production: {
    readonly modelVersionId: number;
    readonly name: string;
    readonly since: number;
  } | null;
  /** Other versions that can be tried, newest first. */
  readonly versions: readonly {
    readonly modelVersionId: number;
    readonly name: string;
    readonly stage: string;
  }[];
  readonly inferenceSpeed: Figure;
  readonly lastBundle: { readonly path: string; readonly packed: boolean; readonly at: number } | null;
}

export const servingMethods = {
  'serving.summary': method<AreaSummary>()(z.object({})),
  'serving.state': method<ServingState>()(z.object({})),
  /**
   * Spans of a pasted text; nothing is stored. Without a version, Production answers. Errors: NOT_FOUND where
   * there is no such version or no Production yet.
   */
  'serving.predict': method<Prediction>()(
    z.object({ modelVersionId: id.optional(), text: z.string().max(2_000_000) }),
  ),
  /**
   * Predicts over a corpus and writes suggestions that annotators can accept, as a job. `unannotated` leaves out
   * notes that have gold of anybody, be it of an annotator or of an import. Errors: NOT_FOUND.
   */
  'serving.suggest': method<{ readonly jobId: number }>()(
    z.object({
      corpusId: id,
      modelVersionId: id.optional(),
      notes: z.enum(['unannotated', 'all']).default('unannotated'),
      /** Spans below it are not written. */
      minProbability: z.number().min(0).max(1).default(0),
    }),
  ),
  /** Measures tokens a second of a version on this machine, as a job; the result is kept. */
  'serving.measureSpeed': method<{ readonly jobId: number }>()(z.object({ modelVersionId: id.optional() })),
  /** Which treatments were seen for which disease. Without a corpus, over all of them. */
  'serving.treatmentMap': method<TreatmentMap>()(
    z.object({ corpusId: id.optional(), limit: z.number().int().min(1).max(1000).default(50) }),
  ),
  /** The sentences behind one pair, given as the map showed it. */
  'serving.pairMentions': method<Page<PairMention>>()(
    z.object({
      corpusId: id.optional(),
      disease: z.string().min(1).max(1000),
      treatment: z.string().min(1).max(1000),
      ...page.shape,
    }),
  ),
  /** Computed on the test part that Production, or the newest version, was scored on. */
  'serving.mappingAccuracy': method<MappingAccuracy>()(z.object({ modelVersionId: id.optional() })),
} as const;
