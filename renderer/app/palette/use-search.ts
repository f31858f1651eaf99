import { useEffect, useState } from 'react';
import type { SearchHit } from '../../ui/commands/search-providers.ts';
import { searchProviders } from '../../ui/commands/search-providers.ts';

export interface HitGroup {
  readonly title: string;
  readonly hits: readonly SearchHit[];
}

const pauseMs = 80;

/** What the providers find for a query, group by group as they answer; one that fails leaves the others standing. */
export function useSearch(query: string): readonly HitGroup[] {
  const wanted = query.trim();
  const [found, setFound] = useState<{ readonly query: string; readonly groups: readonly HitGroup[] }>({
    query: '',
    groups: [],
  });
  useEffect(() => {
    if (wanted === '') return;
    const controller = new AbortController();
    const timer = setTimeout(() => {
      for (const provider of searchProviders()) {
        provider.search(wanted, controller.signal).then(
          (hits) => {
            if (controller.signal.aborted || hits.length === 0) return;
            setFound((before) => ({
              query: wanted,
              groups: [
                ...(before.query === wanted
                  ? before.groups.filter(({ title }) => title !== provider.title)
                  : []),
                { title: provider.title, hits },
              ],
            }));
          },
          () => undefined,
        );
      }
    }, pauseMs);
    return () => {
      clearTimeout(timer);
      controller.abort();
    };
  }, [wanted]);
  return found.query === wanted ? found.groups : [];
}
