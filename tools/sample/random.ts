/** A seeded source of choices. Every stream is named, so that adding words to one list leaves the others alone. */
export interface Random {
  /** 0 ≤ value < 1. */
  next(): number;
  /** Whole number from `low` to `high`, both included. */
  between(low: number, high: number): number;
  chance(probability: number): boolean;
  pick<Item>(items: readonly Item[]): Item;
  /** The earlier an item stands, the likelier it is: the k-th with weight 1 / k. */
  pickEarly<Item>(items: readonly Item[]): Item;
  /** A stream of its own, the same for the same name. */
  fork(name: string): Random;
}

export function createRandom(seed: string): Random {
  let state = hash(seed);
  const random: Random = {
    next() {
      state = (state + 0x9e3779b9) | 0;
      let mixed = Math.imul(state ^ (state >>> 16), 0x21f0aaad);
      mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97);
      return ((mixed ^ (mixed >>> 15)) >>> 0) / 0x1_0000_0000;
    },
    between: (low, high) => low + Math.floor(random.next() * (high - low + 1)),
    chance: (probability) => random.next() < probability,
    pick(items) {
      const item = items[Math.floor(random.next() * items.length)];
      if (item === undefined) throw new Error('nothing to pick from');
      return item;
    },
    pickEarly(items) {
      const total = items.reduce((sum, _, index) => sum + 1 / (index + 1), 0);
      let left = random.next() * total;
      for (const [index, item] of items.entries()) {
        left -= 1 / (index + 1);
        if (left <= 0) return item;
      }
      return random.pick(items);
    },
    fork: (name) => createRandom(`${seed}/${name}`),
  };
  return random;
}

/** FNV-1a over the UTF-16 units. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let index = 0; index < text.length; index++)
    value = Math.imul(value ^ text.charCodeAt(index), 0x01000193);
  return value | 0;
}
