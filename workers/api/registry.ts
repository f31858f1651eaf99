import { z } from 'zod';
import type { AreaSummary, Page } from './common.ts';
import { filePath, id, page } from './common.ts';
import { method } from './method.ts';
import type { PredictedSpan } from './serving.ts';

export const stages = ['None', 'Staging', 'Production', 'Archived'] as const;

/** Where a version stands. It is derived from the ledger and stored nowhere else. */
export type Stage = (typeof stages)[number];

/** The stages that gates guard. */
export const guardedStages = ['Staging', 'Production'] as const;
export type GuardedStage = (typeof guardedStages)[number];

/**
 * What a gate checks. Each kind has its own settings, kept as data:
 * - `f1-floor`: `{label: string | null, floor}`; null is micro over all labels.
 * - `no-worse`: `{margin, resamples, seed}`; paired bootstrap by note against Production.
 * - `behaviour`: `{maxFailureRate}`; the examples are data of their own.
 * - `determinism`: `{}`.
 * - `bundle-loads`, `golden-notes`, `contract`: `{}`; `latency`: `{p95Ms, requests}`.
 */
export const gateKinds = [
  'f1-floor',
  'no-worse',
  'behaviour',
  'determinism',
  'bundle-loads',
  'golden-notes',
  'contract',
  'latency',
] as const;
export type GateKind = (typeof gateKinds)[number];

export type GateSettings = Readonly<Record<string, string | number | boolean | null>>;

export interface Gate {
  readonly id: number;
  readonly name: string;
  readonly stage: GuardedStage;
  readonly kind: GateKind;
  /** What it checks, in one sentence that names its limits. */
  readonly description: string;
  readonly settings: GateSettings;
  readonly enabled: boolean;
}

/** One measured thing behind a gate's verdict. */
export interface GateFact {
  readonly name: string;
  readonly value: number | string | null;
  readonly unit: string;
  /** What it had to reach or stay under, in words such as `≥ 0.60`. */
  readonly limit: string | null;
  readonly interval: readonly [number, number] | null;
  readonly n: number | null;
  readonly passed: boolean;
}

/** What stands behind a verdict and opens on the screen. */
export interface GateEvidence {
  readonly facts: readonly GateFact[];
  /** Notes in which it went wrong, the worst first; at most 100. */
  readonly noteIds: readonly number[];
  /** Behavioural examples that failed; at most 100. `text` is of the example, which may quote training spans. */
  readonly examples: readonly {
    readonly capability: string;
    readonly name: string;
    readonly text: string;
    readonly expected: string;
    readonly got: string;
  }[];
  /** Anything a reader must know: no Production yet, which program loaded the bundle. */
  readonly remarks: readonly string[];
}

/** `not-run` where there is no result for the gate's present settings. */
export type GateState = 'passed' | 'failed' | 'error' | 'waived' | 'not-run';

export interface GateResult {
  readonly gate: Gate;
  readonly state: GateState;
  readonly summary: string;
  readonly evidence: GateEvidence | null;
  readonly waiver: { readonly by: string; readonly reason: string } | null;
  readonly at: number | null;
}

export interface ModelVersion {
  readonly id: number;
  readonly model: string;
  readonly number: number;
  /** `model/number`, as it stands in logs and bundles. */
  readonly name: string;
  readonly description: string;
  readonly stage: Stage;
  /** When it came into that stage. */
  readonly since: number;
  readonly runId: number;
  readonly runName: string;
  /** Strict span F1 over all labels on the run's test part. */
  readonly f1: number | null;
  readonly labelF1: Readonly<Record<string, number>>;
  readonly testNotes: number | null;
  readonly modelSha256: string;
  readonly modelBytes: number;
  readonly createdAt: number;
  readonly createdBy: string | null;
  /** Per guarded stage: how its gates stand, and why promotion is blocked (null where it is not). */
  readonly gates: Readonly<
    Record<GuardedStage, { readonly green: number; readonly total: number; readonly blocked: string | null }>
  >;
}

export interface ModelVersionDetail extends ModelVersion {
  readonly snapshotSha256: string;
  readonly gateResults: readonly GateResult[];
  readonly exports: readonly BundleExport[];
}

/**
 * An entry of the ledger. `hash` is SHA-256 over the canonical JSON of all other fields but `id` and
 * `versionName`, `previousHash` among them: an entry that is changed, moved or taken out breaks the chain.
 */
export interface LedgerEntry {
  readonly id: number;
  readonly modelVersionId: number;
  readonly versionName: string;
  readonly action: 'registered' | 'promoted' | 'archived' | 'rolled-back';
  readonly fromStage: Stage;
  readonly toStage: Stage;
  readonly reason: string;
  readonly actor: string;
  readonly systemUser: string;
  readonly at: number;
  readonly modelSha256: string;
  readonly previousHash: string;
  readonly hash: string;
}

export interface LedgerCheck {
  readonly valid: boolean;
  readonly entries: number;
  /** The newest hash: written down elsewhere, it proves later that nothing was cut off. */
  readonly head: string | null;
  /** The first entry that does not fit, and what is wrong with it. */
  readonly broken: { readonly entryId: number; readonly reason: string } | null;
}

export interface BundleExport {
  readonly path: string;
  readonly packed: boolean;
  readonly manifestSha256: string;
  readonly bytes: number;
  readonly at: number;
}

/** `manifest.json` of a bundle: what it is, and the SHA-256 of every other file in it. */
export interface BundleManifest {
  readonly format: 'medspan-bundle/1';
  /** `model/number`. */
  readonly modelVersion: string;
  /** Version of the Medspan that wrote it. */
  readonly medspan: string;
  readonly createdAt: number;
  /** Names of the files that programs need. */
  readonly model: string;
  readonly vocabulary: string;
  readonly golden: string;
  readonly labels: readonly string[];
  /** In what answers and logs count offsets, unless a request asks otherwise. */
  readonly offsetUnit: 'utf-16';
  /** Content hash of the dataset version that the model was trained on. */
  readonly snapshotSha256: string;
  /** By relative path with forward slashes; the manifest itself is not listed. */
  readonly files: Readonly<Record<string, { readonly sha256: string; readonly bytes: number }>>;
}

/** A made-up note and what the app predicted for it when the bundle was written. */
export interface GoldenNote {
  readonly name: string;
  readonly text: string;
  readonly spans: readonly PredictedSpan[];
}

const reason = z.string().trim().min(1, 'Say why in a few words.').max(2000);

export const registryMethods = {
  'registry.summary': method<AreaSummary>()(z.object({})),
  /** Newest first. */
  'registry.versions': method<readonly ModelVersion[]>()(z.object({})),
  /** Errors: NOT_FOUND. */
  'registry.version': method<ModelVersionDetail>()(z.object({ modelVersionId: id })),
  /**
   * Makes a version of a finished run's model; the same run twice under one name gives the same version.
   * Errors: NOT_FOUND, NOT_ALLOWED where the run has not finished.
   */
  'registry.register': method<{ readonly modelVersionId: number }>()(
    z.object({
      runId: id,
      model: z
        .string()
        .trim()
        .regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,79}$/, 'Letters, digits, dot, dash and underscore only.')
        .default('clinical-ner'),
      description: z.string().max(2000).default(''),
    }),
  ),
  'registry.gates': method<readonly Gate[]>()(z.object({})),
  /** New settings make earlier results of the gate stale: it must run again. Errors: NOT_FOUND, BAD_INPUT. */
  'registry.setGate': method<Gate>()(
    z.object({
      gateId: id,
      settings: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])).optional(),
      enabled: z.boolean().optional(),
    }),
  ),
  /** Runs the gates of a stage as a job whose result is `{green, red}`. Errors: NOT_FOUND. */
  'registry.runGates': method<{ readonly jobId: number }>()(
    z.object({ modelVersionId: id, stage: z.enum(guardedStages) }),
  ),
  /** Lets a red gate pass for one version, on record with name and reason. Errors: NOT_FOUND, NOT_ALLOWED. */
  'registry.waive': method<null>()(z.object({ modelVersionId: id, gateId: id, reason })),
  /**
   * Moves a version to a stage. Who stood in Production before is archived in the same transaction. Errors:
   * NOT_FOUND; NOT_ALLOWED, naming the gates that are not green or waived.
   */
  'registry.promote': method<LedgerEntry>()(
    z.object({ modelVersionId: id, stage: z.enum(guardedStages), reason }),
  ),
  /** Errors: NOT_FOUND, NOT_ALLOWED where it is archived already. */
  'registry.archive': method<LedgerEntry>()(z.object({ modelVersionId: id, reason })),
  /** Brings the previous Production back and archives the present one, in one transaction. Errors: NOT_ALLOWED. */
  'registry.rollback': method<LedgerEntry>()(z.object({ model: z.string().optional(), reason })),
  /** Newest first. */
  'registry.ledger': method<Page<LedgerEntry>>()(z.object({ ...page.shape })),
  'registry.verifyLedger': method<LedgerCheck>()(z.object({})),
  /** Which version was in Production at a moment, by the ledger; one for each model. */
  'registry.productionAt': method<readonly LedgerEntry[]>()(z.object({ at: z.number().int() })),
  /**
   * Writes a bundle: a new folder, or a zip file. What stands at the path is never overwritten. Errors: NOT_FOUND,
   * CONFLICT where the path exists, READ_ONLY, DISK_FULL.
   */
  'registry.exportBundle': method<BundleExport>()(
    z.object({ modelVersionId: id, path: filePath, packed: z.boolean().default(false) }),
  ),
} as const;
