import { useCallback, useEffect, useRef, useState } from 'react';
import type { MedspanError } from '../../../workers/api/errors.ts';
import type { NoteRow } from '../../../workers/api/corpus.ts';
import type { Input } from '../../../workers/api/index.ts';
import { call } from '../../engine-client/engine.ts';
import { asMedspanError } from '../../engine-client/live-query.ts';
import { useEvent } from '../../engine-client/use-event.ts';

export type NoteQuery = Omit<Input<'corpus.notes'>, 'limit' | 'offset'>;

interface Loaded {
  readonly key: string;
  readonly rows: readonly NoteRow[];
  readonly total: number;
}

export interface NotePages {
  /** undefined while the first page is under way. */
  readonly rows: readonly NoteRow[] | undefined;
  readonly total: number;
  readonly error: MedspanError | undefined;
  readonly more: () => void;
  readonly refresh: () => void;
}

const pageSize = 200;

/** The notes that fit a query, page after page as they are scrolled to. */
export function useNotePages(query: NoteQuery): NotePages {
  const key = JSON.stringify(query);
  const [loaded, setLoaded] = useState<Loaded | undefined>(undefined);
  const [error, setError] = useState<MedspanError | undefined>(undefined);
  const underWay = useRef<AbortController | null>(null);

  const load = useCallback(
    (offset: number, before: readonly NoteRow[], limit = pageSize) => {
      underWay.current?.abort();
      const abort = new AbortController();
      underWay.current = abort;
      call('corpus.notes', { ...(JSON.parse(key) as NoteQuery), limit, offset }, { signal: abort.signal })
        .then(({ rows, total }) => {
          if (abort.signal.aborted) return;
          setLoaded({ key, rows: [...before, ...rows], total });
          setError(undefined);
        })
        .catch((thrown: unknown) => {
          if (!abort.signal.aborted) setError(asMedspanError(thrown));
        })
        .finally(() => {
          if (underWay.current === abort) underWay.current = null;
        });
    },
    [key],
  );

  useEffect(() => {
    load(0, []);
    return () => underWay.current?.abort();
  }, [load]);

  // What is in sight stays in sight: as many rows are asked for anew as there were.
  const refresh = useCallback(
    () => load(0, [], Math.min(1000, Math.max(pageSize, loaded?.rows.length ?? 0))),
    [load, loaded],
  );
  useEvent('corpus.changed', refresh);
  useEvent('note.changed', refresh);
  useEvent('workspace.changed', refresh);

  const current = loaded?.key === key ? loaded : undefined;
  const more = useCallback(() => {
    if (underWay.current === null && current !== undefined && current.rows.length < current.total) {
      load(current.rows.length, current.rows);
    }
  }, [load, current]);
  return { rows: (current ?? loaded)?.rows, total: (current ?? loaded)?.total ?? 0, error, more, refresh };
}
