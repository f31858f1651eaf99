import { z } from 'zod';
import type { AreaSummary, Page } from './common.ts';
import { filePath, id, page } from './common.ts';
import { method } from './method.ts';

/** `not-enough-data` is an answer of its own: too few notes to tell drift from chance. */
export type DriftVerdict = 'drift' | 'no-drift' | 'not-enough-data';

/** Shares of reference and current window over the same bins. */
export interface Histogram {
  /** Bounds of the bins, one more than there are bins; the last bin is closed. */
  readonly edges: readonly number[];
  readonly reference: readonly number[];
  readonly current: readonly number[];
}

/** How one feature of the notes or of the predictions moved between reference and current window. */
export interface FeatureDrift {
  readonly feature: string;
  /** What a note's value says, in words. */
  readonly title: string;
  readonly group: 'note' | 'prediction' | 'confidence' | 'attributes';
  readonly referenceNotes: number;
  readonly currentNotes: number;
  readonly referenceMean: number | null;
  readonly currentMean: number | null;
  /** Population stability index over the histogram, as Evidently computes it. */
  readonly psi: number | null;
  /** Jensen–Shannon distance in nats, at most √ln 2. The effect size that the verdict uses. */
  readonly jensenShannon: number | null;
  /** Two-sample Kolmogorov–Smirnov statistic over notes. */
  readonly ks: number | null;
  readonly pValue: number | null;
  /** Benjamini–Hochberg adjusted over all features of the report. */
  readonly qValue: number | null;
  readonly verdict: DriftVerdict;
  readonly histogram: Histogram | null;
}

/** Strict span F1 of a window, estimated from the model's own probabilities. */
export interface EstimatedF1 {
  readonly f1: number;
  /** 95 %, bootstrap over notes. */
  readonly interval: readonly [number, number];
  readonly byLabel: Readonly<Record<string, number>>;
  readonly notes: number;
}

export interface WindowInfo {
  readonly kind: 'reference' | 'current';
  readonly modelVersion: string;
  readonly from: number | null;
  readonly to: number | null;
  readonly notes: number;
}

export interface DriftReport {
  readonly id: number;
  readonly createdAt: number;
  readonly createdBy: string | null;
  readonly reference: WindowInfo;
  readonly current: WindowInfo;
  readonly verdict: DriftVerdict;
  /** The verdict as a sentence with its evidence. */
  readonly statement: string;
  /** Most drifted first. */
  readonly features: readonly FeatureDrift[];
  /** F1 measured on the reference notes, whose gold spans are known. */
  readonly referenceF1: EstimatedF1;
  readonly estimatedF1: EstimatedF1 | null;
  /** (reference − estimated) / reference, or null where nothing was estimated. */
  readonly relativeDrop: number | null;
  readonly dropThreshold: number;
  readonly alertId: number | null;
  /** What the estimate cannot see, and other limits a reader must know. */
  readonly remarks: readonly string[];
}

export interface DriftReportRow {
  readonly id: number;
  readonly createdAt: number;
  readonly verdict: DriftVerdict;
  readonly statement: string;
  readonly modelVersion: string;
  readonly from: number | null;
  readonly to: number | null;
  readonly notes: number;
  readonly relativeDrop: number | null;
}

export interface LogImport {
  readonly id: number;
  readonly sourceName: string;
  readonly state: 'running' | 'finished' | 'cancelled' | 'failed' | 'interrupted';
  readonly lines: number;
  readonly rejected: number;
  /** The first rejected lines, with the reason. */
  readonly rejections: readonly { readonly line: number; readonly reason: string }[];
  readonly createdAt: number;
  readonly endedAt: number | null;
}

/** One day or week of the logs. */
export interface TimelinePoint {
  /** Start of the stretch, ms UTC. */
  readonly at: number;
  readonly notes: number;
  readonly entitiesPerNote: number;
  readonly confidence: number | null;
  readonly outOfVocabularyShare: number | null;
  /** null below the number of notes that an estimate needs. */
  readonly estimatedF1: number | null;
}

export interface Timeline {
  readonly points: readonly TimelinePoint[];
  /** The reference's own values, for the line to compare with. */
  readonly reference: Omit<TimelinePoint, 'at'> | null;
  readonly modelVersions: readonly string[];
  readonly from: number | null;
  readonly to: number | null;
}

export interface Alert {
  readonly id: number;
  readonly reportId: number | null;
  readonly kind: 'estimated-drop' | 'audited-drop' | 'drift';
  readonly state: 'open' | 'acknowledged' | 'resolved';
  readonly value: number;
  readonly threshold: number;
  readonly message: string;
  readonly createdAt: number;
  readonly changedAt: number;
}

/** Production's predictions scored against notes that people annotated after it went live. */
export interface Audit {
  readonly id: number;
  readonly corpusId: number;
  readonly modelVersion: string;
  readonly notes: number;
  readonly f1: number;
  readonly interval: readonly [number, number];
  readonly relativeDrop: number;
  readonly at: number;
}

export interface MonitoringSettings {
  /** Relative drop of F1 at which an alert is raised. */
  readonly dropThreshold: number;
  /** Notes below which no verdict is given. */
  readonly minimumNotes: number;
  /** Jensen–Shannon distance below which a significant difference is still called no drift. */
  readonly effectFloor: number;
}

export const monitoringMethods = {
  'monitoring.summary': method<AreaSummary>()(z.object({})),
  /**
   * Reads prediction logs (`prediction-log/1`, one JSON object a line), as a job. Lines that cannot be read are
   * kept as rejections with line and reason; lines already held are passed over. A file that was imported whole
   * is refused. Errors: NOT_FOUND, BAD_FILE, CONFLICT.
   */
  'monitoring.importLogs': method<{ readonly jobId: number }>()(
    z.object({ paths: z.array(filePath).min(1).max(200) }),
  ),
  'monitoring.logImports': method<readonly LogImport[]>()(z.object({})),
  /** Removes an import's lines. Errors: NOT_FOUND. */
  'monitoring.removeLogImport': method<null>()(z.object({ logImportId: id })),
  /** By day or week, UTC. Without a model version, the one that wrote the newest line. */
  'monitoring.timeline': method<Timeline>()(
    z.object({
      modelVersion: z.string().max(200).optional(),
      bucket: z.enum(['day', 'week']).default('day'),
    }),
  ),
  /**
   * Compares the logs of [from, to) with the reference of the model version that wrote them, as a job whose
   * result is `{reportId}`. The reference is made on first use from the notes that were held out when the model
   * was trained. Raises an alert when F1 is estimated to have dropped by the threshold. Errors: NOT_FOUND,
   * CANNOT_COMPUTE.
   */
  'monitoring.compare': method<{ readonly jobId: number }>()(
    z.object({
      modelVersion: z.string().max(200).optional(),
      from: z.number().int().optional(),
      to: z.number().int().optional(),
    }),
  ),
  'monitoring.reports': method<Page<DriftReportRow>>()(z.object({ ...page.shape })),
  'monitoring.report': method<DriftReport>()(z.object({ reportId: id })),
  /**
   * Scores Production against the annotated notes of a corpus, as a job whose result is `{auditId, alertId}`.
   * A drop beyond the threshold raises an alert, whatever the estimate says. Errors: NOT_FOUND, CANNOT_COMPUTE.
   */
  'monitoring.audit': method<{ readonly jobId: number }>()(z.object({ corpusId: id })),
  'monitoring.audits': method<readonly Audit[]>()(z.object({})),
  'monitoring.alerts': method<readonly Alert[]>()(z.object({})),
  'monitoring.setAlert': method<Alert>()(
    z.object({ alertId: id, state: z.enum(['open', 'acknowledged', 'resolved']) }),
  ),
  'monitoring.settings': method<MonitoringSettings>()(z.object({})),
  'monitoring.setSettings': method<MonitoringSettings>()(
    z.object({
      dropThreshold: z.number().min(0.01).max(0.9).optional(),
      minimumNotes: z.number().int().min(10).max(10_000).optional(),
      effectFloor: z.number().min(0).max(0.8).optional(),
    }),
  ),
} as const;
