import { z } from 'zod';
import type { AreaSummary, Json, Page } from './common.ts';
import { filePath, id, page } from './common.ts';
import type { ErrorEnvelope } from './errors.ts';
import { method } from './method.ts';
import type { Evaluation, ErrorKind, PairedDifference, SentenceErrors } from './training-evaluation.ts';

/** How labels become tags of the chain. */
export const tagSchemes = ['IO', 'IOB2', 'IOBES'] as const;
export type TagSchemeName = (typeof tagSchemes)[number];

/** What finds the weights. `lbfgs` is full-batch L-BFGS with an L2 penalty. */
export const trainers = ['lbfgs'] as const;

/** The parameters of a run. Their defaults are good for clinical notes of a few hundred to many thousand sentences. */
export const runParameters = z.object({
  scheme: z.enum(tagSchemes).default('IOB2'),
  /** Weight of the L2 penalty, as CRFsuite counts it: the objective adds c2 times the sum of squared weights. */
  c2: z.number().min(0).max(1000).default(1),
  maxIterations: z.number().int().min(1).max(10_000).default(100),
  /** Attributes seen less often than this in the train part are left out. */
  minimumFrequency: z.number().int().min(1).max(1000).default(1),
  /**
   * Training ends after this many iterations without a better dev F1, and the weights of the best one are kept;
   * 0 turns it off. It never ends a run before the first entity is predicted, and it needs a dev part.
   */
  patience: z.number().int().min(0).max(1000).default(30),
});
export type RunParameters = z.output<typeof runParameters>;

/** Everything that decides the outcome of a run. */
export const runSpec = z.object({
  /** Shown in the table; a name is made from the parameters when it is left out. */
  name: z.string().trim().min(1).max(120).optional(),
  splitId: id,
  templateSetId: id,
  trainer: z.enum(trainers).default('lbfgs'),
  parameters: runParameters.prefault({}),
  seed: z.number().int().min(0).max(2_147_483_647).default(1),
  /** The run that this one belongs to: a tuning, or a pipeline's earlier run. */
  parentRunId: id.optional(),
});
export type RunSpec = z.input<typeof runSpec>;
export type ParsedRunSpec = z.output<typeof runSpec>;

export type RunState = 'queued' | 'running' | 'finished' | 'failed' | 'cancelled' | 'interrupted';

/** Feature templates as data. `definition` is what crf-core's template guard reads. */
export interface TemplateSet {
  readonly id: number;
  readonly name: string;
  readonly definition: Json;
  readonly createdAt: number;
  /** Runs that used a set of this name. */
  readonly runCount: number;
}

/** A run as one row of the table. Scores are F1 between 0 and 1, null until there are any. */
export interface RunRow {
  readonly id: number;
  readonly name: string;
  readonly state: RunState;
  readonly trainer: string;
  readonly templateSetName: string;
  readonly parameters: RunParameters;
  readonly seed: number;
  readonly splitId: number;
  readonly splitName: string;
  readonly snapshotId: number;
  readonly snapshotName: string;
  readonly corpusName: string;
  readonly iterations: number | null;
  readonly devSpanF1: number | null;
  readonly devTokenF1: number | null;
  readonly testSpanF1: number | null;
  readonly testTokenF1: number | null;
  readonly trainSeconds: number | null;
  readonly totalSeconds: number | null;
  readonly who: string | null;
  readonly createdAt: number;
  readonly endedAt: number | null;
  readonly tags: readonly string[];
}

/** The machine and the programs that a run was made with. */
export interface RunEnvironment {
  readonly medspan: string;
  readonly node: string;
  readonly electron: string | null;
  readonly platform: string;
  readonly architecture: string;
  readonly cpu: string;
  readonly cores: number;
  readonly memoryBytes: number;
}

/** Wall-clock seconds of each stage. */
export interface RunTimings {
  readonly readSeconds: number;
  readonly extractSeconds: number;
  readonly trainSeconds: number;
  readonly evaluateSeconds: number;
  readonly totalSeconds: number;
}

/** What the chain could not hold as annotated, in the train part. The rule is `spansToTags` of crf-core. */
export interface Projection {
  readonly total: number;
  /** Spans that are on the chain with other bounds than annotated. */
  readonly changed: number;
  /** Spans that are not on the chain at all. */
  readonly dropped: number;
  /** Reason → spans. A span may be counted under several. */
  readonly changedBy: Readonly<Record<'discontinuous' | 'widened' | 'acrossSentences' | 'merged', number>>;
  readonly droppedBy: Readonly<Record<'nested' | 'crossing' | 'duplicate' | 'empty', number>>;
}

/** Size of what was learnt from, counted while it was read. */
export interface TrainingSize {
  readonly notes: number;
  readonly sentences: number;
  readonly tokens: number;
  readonly spans: number;
  readonly attributes: number;
  readonly weights: number;
}

export interface RunDetail extends RunRow {
  readonly templateSet: Json;
  readonly snapshotSha256: string;
  /** SHA-256 over texts, tokens and spans as they were read for training, dev and test. */
  readonly dataSha256: string | null;
  readonly modelSha256: string | null;
  readonly modelBytes: number | null;
  readonly engineVersion: string;
  readonly environment: RunEnvironment;
  readonly projection: Projection | null;
  readonly size: TrainingSize | null;
  readonly evaluation: Evaluation | null;
  readonly timings: RunTimings | null;
  readonly peakMemoryBytes: number | null;
  /** Why training ended, in a few words: 'converged', 'maximum iterations', 'no better dev F1 for 12 iterations'. */
  readonly stopReason: string | null;
  readonly error: ErrorEnvelope | null;
  readonly checkpointIteration: number | null;
  readonly jobId: number | null;
  readonly parentRunId: number | null;
  readonly notes: string;
  readonly startedAt: number | null;
}

/** The curves of a run, one value an iteration; live while it trains. */
export interface RunSeries {
  readonly runId: number;
  readonly iterations: readonly number[];
  readonly loss: readonly number[];
  readonly gradientNorm: readonly number[];
  /** null where there is no dev part or dev was not scored at that iteration. */
  readonly devF1: readonly (number | null)[];
  readonly secondsLeft: number | null;
}

/** What a run will need, worked out on a sample of the train part before it starts. */
export interface RunEstimate {
  readonly notes: number;
  readonly tokens: number;
  readonly attributes: number;
  readonly weights: number;
  readonly memoryBytes: number;
  readonly freeMemoryBytes: number;
  /** For one iteration on this machine; null when the sample is too small to tell. */
  readonly secondsPerIteration: number | null;
  /** Neutral sentences on what stands in the way or deserves a look; empty when nothing does. */
  readonly warnings: readonly string[];
}

export const runColumns = [
  'id',
  'name',
  'state',
  'templateSetName',
  'scheme',
  'c2',
  'snapshotName',
  'splitName',
  'iterations',
  'devSpanF1',
  'devTokenF1',
  'testSpanF1',
  'testTokenF1',
  'trainSeconds',
  'totalSeconds',
  'who',
  'createdAt',
] as const;
export type RunColumn = (typeof runColumns)[number];

/** One property of the compared runs. `values` stand in the order of the asked run ids. */
export interface ComparedProperty {
  readonly group: 'data' | 'features' | 'parameters' | 'scores' | 'timings' | 'environment';
  readonly name: string;
  readonly values: readonly (string | number | null)[];
  readonly differs: boolean;
}

export interface RunComparison {
  readonly runIds: readonly number[];
  readonly properties: readonly ComparedProperty[];
}

export interface PredictionExport {
  readonly path: string;
  readonly notes: number;
  readonly sentences: number;
  readonly tokens: number;
}

const part = z.enum(['dev', 'test']);
const errorKinds = ['missed', 'spurious', 'boundary', 'label'] as const satisfies readonly ErrorKind[];

export const trainingMethods = {
  'training.summary': method<AreaSummary>()(z.object({})),
  'training.templateSets': method<readonly TemplateSet[]>()(z.object({})),
  /** Keeps a set of templates under a new name. Errors: CONFLICT (name taken), BAD_INPUT (names the template). */
  'training.saveTemplateSet': method<TemplateSet>()(
    z.object({ name: z.string().trim().min(1).max(80), definition: z.json() }),
  ),
  /** Memory, size and speed of a run before it starts. Errors: NOT_FOUND, CANNOT_COMPUTE. */
  'training.estimate': method<RunEstimate>()(runSpec),
  /**
   * Queues a run and answers at once; `run.step` and `run.changed` tell the rest. Errors: NOT_FOUND (split,
   * template set), CANNOT_COMPUTE (empty train part).
   */
  'training.start': method<{ readonly runId: number; readonly jobId: number }>()(runSpec),
  /** Asks a queued or running run to stop. Errors: NOT_FOUND, NOT_ALLOWED (it has ended). */
  'training.cancel': method<null>()(z.object({ runId: id })),
  /** Goes on from the stored state of an interrupted or cancelled run. Errors: NOT_FOUND, NOT_ALLOWED. */
  'training.resume': method<{ readonly runId: number; readonly jobId: number }>()(z.object({ runId: id })),
  /** A new run with the same split, templates, parameters and seed. Errors: NOT_FOUND. */
  'training.restart': method<{ readonly runId: number; readonly jobId: number }>()(z.object({ runId: id })),
  /** Runs in the asked order; `filter` looks into name, data, templates, person and tags. */
  'training.runs': method<Page<RunRow>>()(
    page.extend({
      sort: z.enum(runColumns).default('id'),
      descending: z.boolean().default(true),
      filter: z.string().max(200).default(''),
      state: z.enum(['queued', 'running', 'finished', 'failed', 'cancelled', 'interrupted']).optional(),
    }),
  ),
  'training.run': method<RunDetail>()(z.object({ runId: id })),
  /** Name, notes and tags are all that may change once a run has ended. */
  'training.editRun': method<RunDetail>()(
    z.object({
      runId: id,
      name: z.string().trim().min(1).max(120).optional(),
      notes: z.string().max(10_000).optional(),
      tags: z.array(z.string().trim().min(1).max(40)).max(20).optional(),
    }),
  ),
  'training.series': method<readonly RunSeries[]>()(z.object({ runIds: z.array(id).min(1).max(20) })),
  /** Sentences where gold and prediction differ, in the order of the notes. */
  'training.errors': method<Page<SentenceErrors>>()(
    page.extend({
      runId: id,
      part: part.default('test'),
      kind: z.enum(errorKinds).optional(),
      /** Gold or predicted label of the error. */
      label: z.string().max(80).optional(),
    }),
  ),
  /** Properties of two or more runs side by side. */
  'training.compare': method<RunComparison>()(z.object({ runIds: z.array(id).min(2).max(20) })),
  /**
   * Strict span F1 of one run minus that of another on the notes that both scored, by paired bootstrap over
   * notes. Errors: NOT_FOUND, CANNOT_COMPUTE (no common notes, a run without predictions).
   */
  'training.pairedDifference': method<PairedDifference>()(
    z.object({ runId: id, baselineRunId: id, part: part.default('test') }),
  ),
  /**
   * Writes token, gold tag and predicted tag of each token as tab-separated lines, a blank line after each
   * sentence, for scripts that trust nobody's arithmetic. Errors: NOT_FOUND, NOT_ALLOWED, READ_ONLY, DISK_FULL.
   */
  'training.exportPredictions': method<PredictionExport>()(
    z.object({ runId: id, part: part.default('test'), path: filePath }),
  ),
} as const;
