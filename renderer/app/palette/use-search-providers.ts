import { useEffect } from 'react';
import { call } from '../../engine-client/engine.ts';
import type { SearchProvider } from '../../ui/commands/search-providers.ts';
import { registerSearchProvider } from '../../ui/commands/search-providers.ts';
import { routeOf } from '../../ui/navigation.ts';

const perSource = 8;

const notes: SearchProvider = {
  id: 'notes',
  title: 'Notes',
  async search(query, signal) {
    const corpora = await call('corpus.list', {}, { signal });
    const pages = await Promise.all(
      corpora.map(({ id }) => call('corpus.notes', { corpusId: id, search: query, limit: 100 }, { signal })),
    );
    const wanted = query.toLowerCase();
    return pages
      .flatMap(({ rows }, index) => rows.map((row) => ({ row, corpus: corpora[index]?.name ?? '' })))
      .filter(({ row }) => row.externalId.toLowerCase().includes(wanted))
      .slice(0, perSource)
      .map(({ row, corpus }) => ({
        id: `note-${row.id}`,
        title: row.externalId,
        detail: `${corpus}, ${row.status}`,
        path: routeOf('annotation', 'note', row.id),
      }));
  },
};

const runs: SearchProvider = {
  id: 'runs',
  title: 'Runs',
  async search(query, signal) {
    const { rows } = await call('training.runs', { filter: query, limit: perSource }, { signal });
    return rows.map((run) => ({
      id: `run-${run.id}`,
      title: run.name,
      detail: run.state,
      path: routeOf('training', 'run', run.id),
    }));
  },
};

/** What the palette finds by name in every workspace; areas add sources of their own when they are shown. */
export function useSearchProviders(): void {
  useEffect(() => {
    const stops = [notes, runs].map(registerSearchProvider);
    return () => {
      for (const stop of stops) stop();
    };
  }, []);
}
