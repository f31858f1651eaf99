import type { WritableDatabase } from '../../storage/connection.ts';

/** How long the writer may be held at a time. An annotator's key waits no longer than this. */
export const longestHold = 20;

/**
 * Takes the writer for a short turn. `step` does one small piece of work and says whether more is left; it is
 * called until the turn is over. What the last commit cost is kept back from the next turn.
 */
export interface WriterTurns {
  /** Returns whether work is left. */
  take(step: () => boolean, atEnd?: () => void): boolean;
  /** The longest turn so far, in ms, from BEGIN to the end of COMMIT. */
  longest(): number;
}

export function createWriterTurns(db: WritableDatabase): WriterTurns {
  let overhead = 4;
  let longest = 0;

  return {
    take(step, atEnd) {
      const began = performance.now();
      const deadline = began + Math.max(1, longestHold - 8 - overhead);
      let more = true;
      let worked = began;
      db.transaction(() => {
        // At least one step, however long the turn was waited for: an import must end on a busy machine, too.
        do more = step();
        while (more && performance.now() < deadline);
        atEnd?.();
        worked = performance.now();
      }).immediate();
      const ended = performance.now();
      // Rises at once, falls slowly: a slow disk stays slow for a while.
      overhead = Math.min(longestHold, Math.max(ended - worked, overhead * 0.9));
      longest = Math.max(longest, ended - began);
      return more;
    },
    longest: () => longest,
  };
}

/** Lets everything else that waits have its turn: keys of the annotator first of all. */
export function giveWay(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

/**
 * While much is written, the log is moved into the file in small pieces: a commit that has to move 4 MB at once
 * would hold the writer for longer than a turn.
 */
export async function inSmallCheckpoints<Result>(
  db: WritableDatabase,
  work: () => Promise<Result>,
): Promise<Result> {
  const usual = db.pragma('wal_autocheckpoint', { simple: true }) as number;
  db.pragma('wal_autocheckpoint = 250');
  try {
    return await work();
  } finally {
    db.pragma(`wal_autocheckpoint = ${String(Math.max(usual, 1000))}`);
  }
}
