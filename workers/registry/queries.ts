import { MedspanError } from '../api/errors.ts';
import type { BundleExport, Gate, LedgerEntry, Stage } from '../api/registry.ts';
import type { ReadableDatabase } from '../storage/connection.ts';
import { statement } from '../storage/statements.ts';

export interface VersionRow {
  readonly id: number;
  readonly modelId: number;
  readonly model: string;
  readonly number: number;
  readonly name: string;
  readonly runId: number;
  readonly description: string;
  readonly artifactId: number;
  readonly modelSha256: string;
  readonly modelBytes: number;
  readonly createdAt: number;
  readonly createdBy: string | null;
}

export interface ResultRow {
  readonly id: number;
  readonly gateId: number;
  readonly settings: string;
  readonly state: 'passed' | 'failed' | 'error' | 'waived';
  readonly summary: string;
  readonly detail: string;
  readonly waiverReason: string | null;
  readonly by: string | null;
  readonly at: number;
}

export interface NewResult {
  readonly modelVersionId: number;
  readonly gateId: number;
  readonly settings: string;
  readonly state: ResultRow['state'];
  readonly summary: string;
  readonly detail: string;
  readonly waiverReason: string | null;
  readonly profileId: number;
  readonly at: number;
}

export interface ExampleRow {
  readonly id: number;
  readonly name: string;
  readonly capability: string;
  readonly kind: 'minimum' | 'invariance' | 'direction';
  readonly definition: string;
}

const versionColumns = `
  SELECT v.id, v.model_id AS modelId, m.name AS model, v.number, m.name || '/' || v.number AS name,
    v.run_id AS runId, v.description, v.artifact_id AS artifactId, a.sha256 AS modelSha256,
    length(a.bytes) AS modelBytes, v.created_at AS createdAt, p.name AS createdBy
  FROM model_version v JOIN model m ON m.id = v.model_id JOIN artifact a ON a.id = v.artifact_id
    LEFT JOIN profile p ON p.id = v.profile_id`;

const entryColumns = `
  SELECT e.id, e.model_version_id AS modelVersionId, m.name || '/' || v.number AS versionName, e.action,
    e.from_stage AS fromStage, e.to_stage AS toStage, e.reason, e.actor, e.system_user AS systemUser, e.at,
    e.model_sha256 AS modelSha256, e.previous_hash AS previousHash, e.hash
  FROM stage_event e JOIN model_version v ON v.id = e.model_version_id JOIN model m ON m.id = v.model_id`;

export type RegistryQueries = ReturnType<typeof createRegistryQueries>;

/** All SQL of the registry. */
export function createRegistryQueries(db: ReadableDatabase) {
  const all = <Row>(sql: string, ...values: unknown[]): Row[] =>
    statement<unknown[], Row>(db, sql).all(...values);
  const one = <Row>(sql: string, ...values: unknown[]): Row | undefined =>
    statement<unknown[], Row>(db, sql).get(...values);
  const write = (sql: string, ...values: unknown[]): number =>
    Number(statement(db, sql).run(...values).lastInsertRowid);

  return {
    versions: () => all<VersionRow>(`${versionColumns} ORDER BY v.id DESC`),
    version: (id: number) => one<VersionRow>(`${versionColumns} WHERE v.id = ?`, id),
    artifactOfRun: (runId: number) =>
      one<{ id: number | null }>('SELECT model_artifact_id AS id FROM run WHERE id = ?', runId)?.id ?? null,
    versionOfRun: (runId: number, model: string) =>
      one<VersionRow>(`${versionColumns} WHERE v.run_id = ? AND m.name = ?`, runId, model),
    modelBytes: (versionId: number) =>
      one<{ bytes: Uint8Array }>(
        'SELECT a.bytes FROM model_version v JOIN artifact a ON a.id = v.artifact_id WHERE v.id = ?',
        versionId,
      )?.bytes,

    modelId(name: string, at: number): number {
      const found = one<{ id: number }>('SELECT id FROM model WHERE name = ?', name);
      return found?.id ?? write('INSERT INTO model (name, created_at) VALUES (?, ?)', name, at);
    },
    addVersion: (version: {
      readonly modelId: number;
      readonly runId: number;
      readonly artifactId: number;
      readonly description: string;
      readonly profileId: number;
      readonly at: number;
    }) =>
      write(
        `INSERT INTO model_version (model_id, number, run_id, artifact_id, description, profile_id, created_at)
         SELECT @modelId, coalesce(max(number), 0) + 1, @runId, @artifactId, @description, @profileId, @at
         FROM model_version WHERE model_id = @modelId`,
        version,
      ),

    /** The stage of a version: where its newest entry left it. */
    stage(versionId: number): { readonly stage: Stage; readonly since: number } {
      const row = one<{ stage: Stage; since: number }>(
        'SELECT to_stage AS stage, at AS since FROM stage_event WHERE model_version_id = ? ORDER BY id DESC LIMIT 1',
        versionId,
      );
      return row ?? { stage: 'None', since: 0 };
    },
    ledgerHead: () => one<{ hash: string }>('SELECT hash FROM stage_event ORDER BY id DESC LIMIT 1')?.hash,
    addEntry: (entry: Omit<LedgerEntry, 'id' | 'versionName'>) =>
      write(
        `INSERT INTO stage_event (model_version_id, action, from_stage, to_stage, reason, actor, system_user, at,
           model_sha256, previous_hash, hash)
         VALUES (@modelVersionId, @action, @fromStage, @toStage, @reason, @actor, @systemUser, @at,
           @modelSha256, @previousHash, @hash)`,
        entry,
      ),
    entries: (limit: number, offset: number) =>
      all<LedgerEntry>(`${entryColumns} ORDER BY e.id DESC LIMIT ? OFFSET ?`, limit, offset),
    entryCount: () => one<{ n: number }>('SELECT count(*) AS n FROM stage_event')?.n ?? 0,
    entriesOldestFirst: () => all<LedgerEntry>(`${entryColumns} ORDER BY e.id`),
    entriesOfModel: (model: string) =>
      all<LedgerEntry>(`${entryColumns} WHERE m.name = ? ORDER BY e.id`, model),
    modelNames: () => all<{ name: string }>('SELECT name FROM model ORDER BY id').map((row) => row.name),

    gates: () =>
      all<{
        id: number;
        name: string;
        stage: Gate['stage'];
        kind: Gate['kind'];
        settings: string;
        enabled: number;
      }>('SELECT id, name, stage, kind, settings, enabled FROM gate ORDER BY position'),
    addGate: (gate: Pick<Gate, 'name' | 'stage' | 'kind'> & { settings: string; position: number }) =>
      write(
        `INSERT INTO gate (name, stage, kind, settings, position) VALUES (@name, @stage, @kind, @settings, @position)
         ON CONFLICT (name) DO NOTHING`,
        gate,
      ),
    editGate: (id: number, settings: string, enabled: boolean) =>
      write('UPDATE gate SET settings = ?, enabled = ? WHERE id = ?', settings, enabled ? 1 : 0, id),

    addResult: (result: NewResult) =>
      write(
        `INSERT INTO gate_result (model_version_id, gate_id, settings, state, summary, detail, waiver_reason,
           profile_id, at)
         VALUES (@modelVersionId, @gateId, @settings, @state, @summary, @detail, @waiverReason, @profileId, @at)`,
        result,
      ),
    newestResult: (versionId: number, gateId: number) =>
      one<ResultRow>(
        `SELECT r.id, r.gate_id AS gateId, r.settings, r.state, r.summary, r.detail, r.waiver_reason AS waiverReason,
           p.name AS "by", r.at
         FROM gate_result r LEFT JOIN profile p ON p.id = r.profile_id
         WHERE r.model_version_id = ? AND r.gate_id = ? ORDER BY r.id DESC LIMIT 1`,
        versionId,
        gateId,
      ),

    examples: () =>
      all<ExampleRow>(
        'SELECT id, name, capability, kind, definition FROM behaviour_example WHERE enabled = 1 ORDER BY id',
      ),
    addExample: (example: Omit<ExampleRow, 'id'>) =>
      write(
        `INSERT INTO behaviour_example (name, capability, kind, definition)
         VALUES (@name, @capability, @kind, @definition) ON CONFLICT (name) DO NOTHING`,
        example,
      ),

    exports: (versionId: number) =>
      all<Omit<BundleExport, 'packed'> & { packed: number }>(
        `SELECT path, packed, manifest_sha256 AS manifestSha256, bytes, at FROM bundle_export
         WHERE model_version_id = ? ORDER BY id DESC`,
        versionId,
      ).map((row) => ({ ...row, packed: row.packed === 1 })),
    newestExport: () =>
      one<{ path: string; packed: number; at: number }>(
        'SELECT path, packed, at FROM bundle_export ORDER BY id DESC LIMIT 1',
      ),
    addExport: (versionId: number, row: BundleExport) =>
      write(
        `INSERT INTO bundle_export (model_version_id, path, packed, manifest_sha256, bytes, at)
         VALUES (?, ?, ?, ?, ?, ?)`,
        versionId,
        row.path,
        row.packed ? 1 : 0,
        row.manifestSha256,
        row.bytes,
        row.at,
      ),
  };
}

/** Bytes of an artifact, for threads with a connection of their own. */
export function readArtifact(db: ReadableDatabase, artifactId: number): Uint8Array {
  const row = statement<[number], { bytes: Uint8Array }>(db, 'SELECT bytes FROM artifact WHERE id = ?').get(
    artifactId,
  );
  if (row === undefined)
    throw new MedspanError('NOT_FOUND', `Artifact ${String(artifactId)} is not there any more.`);
  return row.bytes;
}

/** The first label of each role, by the role's name. */
export function readRoles(db: ReadableDatabase): Record<string, string> {
  const rows = statement<[], { role: string; name: string }>(
    db,
    'SELECT role, name FROM label ORDER BY position DESC, id DESC',
  ).all();
  return Object.fromEntries(rows.map((row) => [row.role, row.name]));
}
