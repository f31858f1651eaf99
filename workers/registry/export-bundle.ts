import path from 'node:path';
import { MedspanError } from '../api/errors.ts';
import type { BundleExport } from '../api/registry.ts';
import type { EngineContext } from '../engine/context.ts';
import { bundleFiles, sha256 } from './bundle/bundle-files.ts';
import { modelCard } from './bundle/model-card.ts';
import type { CardFacts } from './bundle/model-card.ts';
import { prepareBundleTask } from './bundle/prepare-bundle.ts';
import type { PrepareOutput } from './bundle/prepare-bundle.ts';
import { writeBundle } from './bundle/write-bundle.ts';
import { bundleTemplateFolder, productVersion } from './product-files.ts';
import type { RegistryQueries, VersionRow } from './queries.ts';

export interface ExportRequest {
  readonly version: VersionRow;
  readonly splitId: number;
  readonly card: CardFacts;
  readonly target: string;
  readonly packed: boolean;
  /** How many notes of the test part to predict as well; they stay on this machine. */
  readonly testNotes: number;
  readonly signal?: AbortSignal;
}

export interface Exported {
  readonly row: BundleExport;
  readonly prepared: PrepareOutput;
}

/** Writes the bundle of a version. */
export async function exportVersion(
  context: EngineContext,
  queries: RegistryQueries,
  request: ExportRequest,
): Promise<Exported> {
  const { version, packed } = request;
  if (!path.isAbsolute(request.target)) {
    throw new MedspanError('BAD_INPUT', 'Name the whole path of the bundle, from the root of the disk on.');
  }
  const target = packed && !request.target.endsWith('.zip') ? `${request.target}.zip` : request.target;
  const programs = bundleTemplateFolder();
  const model = queries.modelBytes(version.id);
  if (model === undefined || sha256(model) !== version.modelSha256) {
    throw new MedspanError(
      'BAD_MODEL',
      `The stored model of ${version.name} is damaged. Restore a backup, or train it again.`,
    );
  }
  const prepared = await context.compute.run(
    prepareBundleTask,
    { artifactId: version.artifactId, splitId: request.splitId, testNotes: request.testNotes },
    request.signal === undefined ? {} : { signal: request.signal },
  );
  const at = context.now();
  const files = bundleFiles({
    modelVersion: version.name,
    medspan: productVersion(),
    createdAt: at,
    model,
    vocabulary: prepared.vocabulary,
    labels: prepared.labels,
    golden: prepared.golden,
    snapshotSha256: request.card.run.snapshotSha256,
    modelCard: modelCard(request.card),
    programs,
  });
  const bytes = await writeBundle(files, target, packed, at);
  const manifestSha256 = sha256(files.get('manifest.json') ?? new Uint8Array());
  return { row: { path: target, packed, manifestSha256, bytes, at }, prepared };
}
