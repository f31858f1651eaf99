import type { Part, Split } from '../api/corpus.ts';
import type { WritableDatabase } from '../storage/connection.ts';
import type { Shares } from './assign-parts.ts';
import { assignBySource, assignRandom } from './assign-parts.ts';
import { getSplit, insertSplit, insertSplitMember, splitCandidates } from './snapshot-queries.ts';

export interface SplitSpec {
  readonly snapshotId: number;
  readonly name: string;
  readonly seed: number;
  readonly method: 'random' | 'source';
  readonly shares: Shares;
}

/** Divides a snapshot and writes the division in one transaction. */
export function divideSnapshot(db: WritableDatabase, spec: SplitSpec, at: number): Split {
  const assign = spec.method === 'random' ? assignRandom : assignBySource;
  const members = assign(splitCandidates(db, spec.snapshotId), spec.seed, spec.shares);
  const counts: Record<Part, number> = { train: 0, dev: 0, test: 0 };
  for (const { part } of members) counts[part]++;
  const splitId = db
    .transaction(() => {
      const id = insertSplit(db, {
        snapshotId: spec.snapshotId,
        name: spec.name,
        method: spec.method,
        seed: spec.seed,
        shares: JSON.stringify(spec.shares),
        counts: JSON.stringify(counts),
        leaked: members.filter(({ leaked }) => leaked).length,
        at,
      });
      for (const member of members) insertSplitMember(db, id, member);
      return id;
    })
    .immediate();
  return getSplit(db, splitId) as Split;
}
