/** One thing that the palette can jump to. */
export interface SearchHit {
  readonly id: string;
  readonly title: string;
  readonly detail?: string;
  readonly path: string;
}

/** A source of things that the palette finds by name: notes by external id, runs by name. */
export interface SearchProvider {
  readonly id: string;
  /** Heading above its hits. */
  readonly title: string;
  /** The best few for a query that is never empty. A failure leaves the others standing. */
  search(query: string, signal: AbortSignal): Promise<readonly SearchHit[]>;
}

const providers = new Map<string, SearchProvider>();

/** Adds, or under the same id replaces, a source. Returns the way to take it away. */
export function registerSearchProvider(provider: SearchProvider): () => void {
  providers.set(provider.id, provider);
  return () => {
    if (providers.get(provider.id) === provider) providers.delete(provider.id);
  };
}

export function searchProviders(): readonly SearchProvider[] {
  return [...providers.values()];
}
