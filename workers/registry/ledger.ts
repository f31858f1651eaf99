import { createHash } from 'node:crypto';
import type { LedgerCheck, LedgerEntry, Stage } from '../api/registry.ts';
import { canonicalJson } from './canonical-json.ts';

/** An entry before it is hashed and stored. */
export type LedgerFacts = Omit<LedgerEntry, 'id' | 'versionName' | 'hash'>;

/** What the first entry names as the one before it. */
export const genesisHash = '0'.repeat(64);

/** SHA-256 over the canonical JSON of an entry's facts, the previous hash among them. */
export function entryHash(facts: LedgerFacts): string {
  const {
    modelVersionId,
    action,
    fromStage,
    toStage,
    reason,
    actor,
    systemUser,
    at,
    modelSha256,
    previousHash,
  } = facts;
  const text = canonicalJson({
    modelVersionId,
    action,
    fromStage,
    toStage,
    reason,
    actor,
    systemUser,
    at,
    modelSha256,
    previousHash,
  });
  return createHash('sha256').update(text).digest('hex');
}

/**
 * Walks the whole chain, oldest entry first, and recomputes every hash. `modelSha256` gives the hash of the bytes
 * that are stored for a version now, so that a model swapped under its version is found as well.
 */
export function verifyEntries(
  entries: Iterable<LedgerEntry>,
  modelSha256: (modelVersionId: number) => string | null,
): LedgerCheck {
  let previous = genesisHash;
  let count = 0;
  const stages = new Map<number, Stage>();
  for (const entry of entries) {
    const reason = fault(entry, previous, stages.get(entry.modelVersionId) ?? 'None', modelSha256);
    if (reason !== null) {
      return { valid: false, entries: count, head: null, broken: { entryId: entry.id, reason } };
    }
    previous = entry.hash;
    stages.set(entry.modelVersionId, entry.toStage);
    count++;
  }
  return { valid: true, entries: count, head: count === 0 ? null : previous, broken: null };
}

function fault(
  entry: LedgerEntry,
  previous: string,
  stage: Stage,
  modelSha256: (modelVersionId: number) => string | null,
): string | null {
  if (entry.previousHash !== previous)
    return 'It does not follow the entry before it: one was changed, moved or taken out.';
  if (entryHash(entry) !== entry.hash)
    return 'Its own hash does not fit what it says: it was changed after it was written.';
  if (entry.fromStage !== stage)
    return `It says that the version stood in ${entry.fromStage}; by the entries before it stood in ${stage}.`;
  const stored = modelSha256(entry.modelVersionId);
  if (stored !== entry.modelSha256)
    return 'The model stored for this version is not the one that the entry was made for.';
  return null;
}
