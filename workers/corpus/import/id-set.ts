/**
 * Remembers strings by a 53-bit hash: 8 bytes a string instead of a hundred. Two of a million differ in vain with
 * a probability below 1 in 10,000, good enough to count duplicates before anything is written; the database
 * decides in earnest.
 */
export class IdSet {
  private readonly hashes = new Set<number>();

  /** Returns whether it was new. */
  add(text: string): boolean {
    const size = this.hashes.size;
    this.hashes.add(hash53(text));
    return this.hashes.size > size;
  }
}

/** Two rounds of FNV-1a with different seeds, joined to the 53 bits that a number holds exactly. */
function hash53(text: string): number {
  let low = 0x811c9dc5;
  let high = 0x1b873593;
  for (let index = 0; index < text.length; index++) {
    const unit = text.charCodeAt(index);
    low = Math.imul(low ^ unit, 0x01000193);
    high = Math.imul(high ^ (unit + index), 0x85ebca6b);
  }
  high ^= high >>> 15;
  return (high & 0x1fffff) * 0x1_0000_0000 + (low >>> 0);
}
