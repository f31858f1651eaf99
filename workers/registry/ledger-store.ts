import { createHash } from 'node:crypto';
import { userInfo } from 'node:os';
import { MedspanError } from '../api/errors.ts';
import type { LedgerCheck, LedgerEntry, Stage } from '../api/registry.ts';
import type { EngineContext } from '../engine/context.ts';
import { entryHash, genesisHash, verifyEntries } from './ledger.ts';
import type { LedgerFacts } from './ledger.ts';
import type { RegistryQueries } from './queries.ts';

/** Who moves what where, and why. */
export interface Move {
  readonly modelVersionId: number;
  readonly action: LedgerEntry['action'];
  readonly toStage: Stage;
  readonly reason: string;
}

export interface LedgerStore {
  /** Appends an entry. Call it inside a transaction with whatever belongs to the same decision. */
  append(move: Move): LedgerEntry;
  verify(): LedgerCheck;
}

export function createLedgerStore(context: EngineContext, queries: RegistryQueries): LedgerStore {
  return {
    append(move) {
      if (!context.db.inTransaction) throw new Error('a ledger entry belongs into a transaction');
      const version = queries.version(move.modelVersionId);
      if (version === undefined) {
        throw new MedspanError('NOT_FOUND', `There is no model version ${String(move.modelVersionId)}.`);
      }
      const facts: LedgerFacts = {
        ...move,
        fromStage: queries.stage(move.modelVersionId).stage,
        actor: context.profile().name,
        systemUser: systemUser(),
        at: context.now(),
        modelSha256: version.modelSha256,
        previousHash: queries.ledgerHead() ?? genesisHash,
      };
      const hash = entryHash(facts);
      const id = queries.addEntry({ ...facts, hash });
      return { ...facts, id, hash, versionName: version.name };
    },

    verify() {
      const known = new Map<number, string | null>();
      return verifyEntries(queries.entriesOldestFirst(), (modelVersionId) => {
        const found = known.get(modelVersionId);
        if (found !== undefined) return found;
        const bytes = queries.modelBytes(modelVersionId);
        const sha256 = bytes === undefined ? null : createHash('sha256').update(bytes).digest('hex');
        known.set(modelVersionId, sha256);
        return sha256;
      });
    },
  };
}

/** The name that the operating system knows; beside the profile it says whose machine account it was. */
function systemUser(): string {
  try {
    return userInfo().username;
  } catch {
    return 'unknown';
  }
}
