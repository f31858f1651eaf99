/**
 * How well a query fits a title, or null where it does not: every word of the query must be found, at the start of a
 * word (best), inside a word, or as letters in order. Higher is better; shorter titles win ties.
 */
export function matchScore(query: string, title: string): number | null {
  const words = query
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');
  const text = title.toLowerCase();
  let score = 0;
  for (const word of words) {
    const found = wordScore(word, text);
    if (found === null) return null;
    score += found;
  }
  return score - text.length / 1000;
}

function wordScore(word: string, text: string): number | null {
  const at = text.indexOf(word);
  if (at === 0) return 4;
  if (at > 0) {
    const starts = text.split(/[\s:/·-]+/).some((part) => part.startsWith(word));
    return starts ? 3 : 2;
  }
  let from = 0;
  for (const letter of word) {
    const next = text.indexOf(letter, from);
    if (next < 0) return null;
    from = next + 1;
  }
  return word.length >= 2 ? 0.5 : 1;
}

/** The best fits first, at most `limit`. Without a query everything fits, in its own order. */
export function bestMatches<Item>(
  query: string,
  items: readonly Item[],
  title: (item: Item) => string,
  limit: number,
): readonly Item[] {
  if (query.trim() === '') return items.slice(0, limit);
  return items
    .map((item) => ({ item, score: matchScore(query, title(item)) }))
    .filter((each): each is { item: Item; score: number } => each.score !== null)
    .toSorted((a, b) => b.score - a.score)
    .slice(0, limit)
    .map(({ item }) => item);
}
