/** Longest that a stretch of writes holds the engine, so that an annotator's key is never late. */
const turnMilliseconds = 8;

/**
 * Does a long row of small writes in transactions of a few milliseconds, letting everybody else in between.
 * `transact` wraps a stretch of writes in one transaction.
 */
export async function inTurns<Item>(
  items: readonly Item[],
  transact: (work: () => void) => void,
  write: (item: Item, index: number) => void,
): Promise<void> {
  let next = 0;
  while (next < items.length) {
    const until = performance.now() + turnMilliseconds;
    transact(() => {
      do {
        write(items[next] as Item, next);
        next += 1;
      } while (next < items.length && performance.now() < until);
    });
    await new Promise<void>((resolve) => {
      setImmediate(resolve);
    });
  }
}
