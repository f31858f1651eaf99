import type { Alert, Audit, DriftReportRow, DriftVerdict, LogImport } from '../api/monitoring.ts';
import type { ReadableDatabase } from '../storage/connection.ts';
import { statement } from '../storage/statements.ts';

/** A logged prediction as it is stored; the JSON columns hold parts of the log line unchanged. */
export interface PredictionRow {
  readonly logId: string;
  readonly at: number;
  readonly modelVersion: string;
  readonly textSha256: string;
  readonly features: string;
  readonly spans: string;
  readonly expectedGold: string;
  readonly confidence: string;
  readonly attributeCounts: string;
  readonly latencyMs: number;
}

const visible = 'JOIN log_import i ON i.id = p.log_import_id AND i.visible = 1';

export function insertPrediction(db: ReadableDatabase, logImportId: number, row: PredictionRow): boolean {
  const { changes } = statement(
    db,
    `INSERT INTO prediction (log_import_id, log_id, at, model_version, text_sha256, features, spans,
       expected_gold, confidence, attribute_counts, latency_ms)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (log_id) DO NOTHING`,
  ).run(
    logImportId,
    row.logId,
    row.at,
    row.modelVersion,
    row.textSha256,
    row.features,
    row.spans,
    row.expectedGold,
    row.confidence,
    row.attributeCounts,
    row.latencyMs,
  );
  return changes > 0;
}

/** Predictions of a version in [from, to), oldest first, page by page from `afterId`. */
export function predictionPage(
  db: ReadableDatabase,
  window: { readonly modelVersion: string; readonly from: number; readonly to: number },
  afterId: number,
  limit: number,
): readonly (PredictionRow & { readonly id: number })[] {
  return statement<unknown[], PredictionRow & { readonly id: number }>(
    db,
    `SELECT p.id, p.log_id AS logId, p.at, p.model_version AS modelVersion, p.text_sha256 AS textSha256,
       p.features, p.spans, p.expected_gold AS expectedGold, p.confidence,
       p.attribute_counts AS attributeCounts, p.latency_ms AS latencyMs
     FROM prediction p ${visible}
     WHERE p.model_version = ? AND p.at >= ? AND p.at < ? AND p.id > ? ORDER BY p.id LIMIT ?`,
  ).all(window.modelVersion, window.from, window.to, afterId, limit);
}

export function loggedVersions(db: ReadableDatabase): readonly {
  readonly modelVersion: string;
  readonly notes: number;
  readonly from: number;
  readonly to: number;
}[] {
  return statement<unknown[], { modelVersion: string; notes: number; from: number; to: number }>(
    db,
    `SELECT p.model_version AS modelVersion, count(*) AS notes, min(p.at) AS "from", max(p.at) AS "to"
     FROM prediction p ${visible} GROUP BY p.model_version ORDER BY max(p.at) DESC`,
  ).all();
}

/** Another import with the same bytes that is visible or under way. */
export function logImportOf(db: ReadableDatabase, sha256: string): { id: number; state: string } | undefined {
  return statement<[string], { id: number; state: string }>(
    db,
    'SELECT id, state FROM log_import WHERE source_sha256 = ?',
  ).get(sha256);
}

export function insertLogImport(
  db: ReadableDatabase,
  sourceName: string,
  sha256: string,
  at: number,
): number {
  const { lastInsertRowid } = statement(
    db,
    `INSERT INTO log_import (source_name, source_sha256, state, created_at) VALUES (?, ?, 'running', ?)`,
  ).run(sourceName, sha256, at);
  return Number(lastInsertRowid);
}

export interface LogImportEnd {
  readonly state: LogImport['state'];
  readonly lines: number;
  readonly rejected: number;
  readonly rejections: LogImport['rejections'];
  readonly at: number;
}

/** Ends an import. It becomes visible with this write, or never. */
export function endLogImport(db: ReadableDatabase, logImportId: number, end: LogImportEnd): void {
  statement(
    db,
    `UPDATE log_import SET state = ?, visible = ?, line_count = ?, rejected_count = ?, rejections = ?,
       ended_at = ? WHERE id = ?`,
  ).run(
    end.state,
    end.state === 'finished' ? 1 : 0,
    end.lines,
    end.rejected,
    JSON.stringify(end.rejections),
    end.at,
    logImportId,
  );
}

/** What a crash left running is put away: its lines were never visible. */
export function interruptLogImports(db: ReadableDatabase, at: number): void {
  statement(
    db,
    `DELETE FROM prediction WHERE log_import_id IN (SELECT id FROM log_import WHERE state = 'running')`,
  ).run();
  statement(
    db,
    `UPDATE log_import SET state = 'interrupted', ended_at = ?, source_sha256 = source_sha256 || '#' || id
     WHERE state = 'running'`,
  ).run(at);
}

/** Takes the lines of an import that did not finish away and frees its file to be imported again. */
export function forgetLogImport(db: ReadableDatabase, logImportId: number): void {
  statement(db, 'DELETE FROM prediction WHERE log_import_id = ?').run(logImportId);
  statement(db, `UPDATE log_import SET source_sha256 = source_sha256 || '#' || id WHERE id = ?`).run(
    logImportId,
  );
}

export function deleteLogImport(db: ReadableDatabase, logImportId: number): boolean {
  return statement(db, 'DELETE FROM log_import WHERE id = ?').run(logImportId).changes > 0;
}

export function logImports(db: ReadableDatabase): readonly LogImport[] {
  type Row = Omit<LogImport, 'rejections'> & { readonly rejections: string };
  return statement<unknown[], Row>(
    db,
    `SELECT id, source_name AS sourceName, state, line_count AS lines, rejected_count AS rejected, rejections,
       created_at AS createdAt, ended_at AS endedAt FROM log_import ORDER BY id DESC LIMIT 500`,
  )
    .all()
    .map((row) => ({ ...row, rejections: JSON.parse(row.rejections) as LogImport['rejections'] }));
}

export interface StoredWindow {
  readonly id: number;
  readonly modelVersion: string;
  readonly modelVersionId: number | null;
  readonly from: number | null;
  readonly to: number | null;
  readonly notes: number;
  readonly performance: string;
}

const windowColumns = `id, model_version AS modelVersion, model_version_id AS modelVersionId, from_at AS "from",
  to_at AS "to", note_count AS notes, performance`;

export function referenceWindow(db: ReadableDatabase, modelVersionId: number): StoredWindow | undefined {
  return statement<[number], StoredWindow>(
    db,
    `SELECT ${windowColumns} FROM prediction_window
     WHERE kind = 'reference' AND model_version_id = ? ORDER BY id DESC LIMIT 1`,
  ).get(modelVersionId);
}

export function storedWindow(db: ReadableDatabase, windowId: number): StoredWindow | undefined {
  return statement<[number], StoredWindow>(
    db,
    `SELECT ${windowColumns} FROM prediction_window WHERE id = ?`,
  ).get(windowId);
}

export function insertWindow(
  db: ReadableDatabase,
  window: Omit<StoredWindow, 'id'> & { readonly kind: 'reference' | 'current'; readonly at: number },
  features: Readonly<Record<string, readonly number[]>>,
): number {
  const { lastInsertRowid } = statement(
    db,
    `INSERT INTO prediction_window (kind, model_version, model_version_id, from_at, to_at, note_count,
       performance, created_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
  ).run(
    window.kind,
    window.modelVersion,
    window.modelVersionId,
    window.from,
    window.to,
    window.notes,
    window.performance,
    window.at,
  );
  const insert = statement(db, 'INSERT INTO window_feature (window_id, feature, aggregate) VALUES (?, ?, ?)');
  for (const [feature, values] of Object.entries(features)) {
    insert.run(lastInsertRowid, feature, JSON.stringify(values));
  }
  return Number(lastInsertRowid);
}

export function windowFeatures(db: ReadableDatabase, windowId: number): Record<string, readonly number[]> {
  const rows = statement<[number], { feature: string; aggregate: string }>(
    db,
    'SELECT feature, aggregate FROM window_feature WHERE window_id = ?',
  ).all(windowId);
  return Object.fromEntries(
    rows.map(({ feature, aggregate }) => [feature, JSON.parse(aggregate) as number[]]),
  );
}

export interface StoredReport {
  readonly id: number;
  readonly referenceWindowId: number;
  readonly currentWindowId: number;
  readonly verdict: DriftVerdict;
  readonly report: string;
  readonly createdAt: number;
  readonly createdBy: string | null;
  readonly alertId: number | null;
}

export function insertReport(
  db: ReadableDatabase,
  report: Pick<StoredReport, 'referenceWindowId' | 'currentWindowId' | 'verdict' | 'report'> & {
    readonly profileId: number;
    readonly at: number;
  },
): number {
  const { lastInsertRowid } = statement(
    db,
    `INSERT INTO drift_report (reference_window_id, current_window_id, verdict, report, profile_id, created_at)
     VALUES (?, ?, ?, ?, ?, ?)`,
  ).run(
    report.referenceWindowId,
    report.currentWindowId,
    report.verdict,
    report.report,
    report.profileId,
    report.at,
  );
  return Number(lastInsertRowid);
}

export function storedReport(db: ReadableDatabase, reportId: number): StoredReport | undefined {
  return statement<[number], StoredReport>(
    db,
    `SELECT r.id, r.reference_window_id AS referenceWindowId, r.current_window_id AS currentWindowId, r.verdict,
       r.report, r.created_at AS createdAt, p.name AS createdBy,
       (SELECT max(a.id) FROM alert a WHERE a.report_id = r.id) AS alertId
     FROM drift_report r LEFT JOIN profile p ON p.id = r.profile_id WHERE r.id = ?`,
  ).get(reportId);
}

export function reportRows(
  db: ReadableDatabase,
  limit: number,
  offset: number,
): { readonly rows: readonly DriftReportRow[]; readonly total: number } {
  const rows = statement<[number, number], DriftReportRow>(
    db,
    `SELECT r.id, r.created_at AS createdAt, r.verdict, json_extract(r.report, '$.statement') AS statement,
       w.model_version AS modelVersion, w.from_at AS "from", w.to_at AS "to", w.note_count AS notes,
       json_extract(r.report, '$.relativeDrop') AS relativeDrop
     FROM drift_report r JOIN prediction_window w ON w.id = r.current_window_id
     ORDER BY r.id DESC LIMIT ? OFFSET ?`,
  ).all(limit, offset);
  const total = statement<[], { n: number }>(db, 'SELECT count(*) AS n FROM drift_report').get()?.n ?? 0;
  return { rows, total };
}

const alertColumns = `id, report_id AS reportId, kind, state, value, threshold, message, created_at AS createdAt,
  changed_at AS changedAt`;

export function insertAlert(
  db: ReadableDatabase,
  alert: Omit<Alert, 'id' | 'state' | 'changedAt'> & { readonly auditId: number | null },
): number {
  const { lastInsertRowid } = statement(
    db,
    `INSERT INTO alert (report_id, audit_id, kind, state, value, threshold, message, created_at, changed_at)
     VALUES (?, ?, ?, 'open', ?, ?, ?, ?, ?)`,
  ).run(
    alert.reportId,
    alert.auditId,
    alert.kind,
    alert.value,
    alert.threshold,
    alert.message,
    alert.createdAt,
    alert.createdAt,
  );
  return Number(lastInsertRowid);
}

export function alerts(db: ReadableDatabase): readonly Alert[] {
  return statement<[], Alert>(db, `SELECT ${alertColumns} FROM alert ORDER BY id DESC LIMIT 500`).all();
}

export function alert(db: ReadableDatabase, alertId: number): Alert | undefined {
  return statement<[number], Alert>(db, `SELECT ${alertColumns} FROM alert WHERE id = ?`).get(alertId);
}

export function setAlertState(
  db: ReadableDatabase,
  alertId: number,
  state: Alert['state'],
  at: number,
): void {
  statement(db, 'UPDATE alert SET state = ?, changed_at = ? WHERE id = ?').run(state, at, alertId);
}

export function insertAudit(
  db: ReadableDatabase,
  audit: Omit<Audit, 'id' | 'modelVersion' | 'interval'> & {
    readonly modelVersionId: number;
    readonly low: number;
    readonly high: number;
  },
): number {
  const { lastInsertRowid } = statement(
    db,
    `INSERT INTO audit (corpus_id, model_version_id, note_count, f1, low, high, relative_drop, at)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
  ).run(
    audit.corpusId,
    audit.modelVersionId,
    audit.notes,
    audit.f1,
    audit.low,
    audit.high,
    audit.relativeDrop,
    audit.at,
  );
  return Number(lastInsertRowid);
}

export function audits(db: ReadableDatabase): readonly Audit[] {
  type Row = Omit<Audit, 'interval'> & { readonly low: number; readonly high: number };
  return statement<[], Row>(
    db,
    `SELECT a.id, a.corpus_id AS corpusId, m.name || '/' || v.number AS modelVersion, a.note_count AS notes, a.f1,
       a.low, a.high, a.relative_drop AS relativeDrop, a.at
     FROM audit a JOIN model_version v ON v.id = a.model_version_id JOIN model m ON m.id = v.model_id
     ORDER BY a.id DESC LIMIT 500`,
  )
    .all()
    .map(({ low, high, ...row }) => ({ ...row, interval: [low, high] as const }));
}

/** Visible notes of a corpus that a person has annotated: an annotator's or adjudicator's layer has a say on them. */
export function annotatedNotes(db: ReadableDatabase, corpusId: number): readonly number[] {
  return statement<[number], { id: number }>(
    db,
    `SELECT DISTINCT n.id FROM note n JOIN import i ON i.id = n.import_id AND i.visible = 1
       JOIN note_layer nl ON nl.note_id = n.id
       JOIN layer l ON l.id = nl.layer_id AND l.kind <> 'model'
     WHERE n.corpus_id = ? ORDER BY n.id`,
  )
    .all(corpusId)
    .map(({ id }) => id);
}
