import { useCallback, useEffect, useRef, useState } from 'react';
import type { NoteStatus, QueueNote } from '../../../workers/api/annotation.ts';
import type { MedspanError } from '../../../workers/api/errors.ts';
import { call, onEngineEvent } from '../../engine-client/engine.ts';
import { asMedspanError } from '../../engine-client/live-query.ts';

export interface QueueFilter {
  readonly corpusId?: number;
  readonly status?: NoteStatus;
  readonly search?: string;
}

export interface Queue {
  /** null until the first answer. */
  readonly total: number | null;
  readonly row: (index: number) => QueueNote | undefined;
  /** Tells which rows are on screen, so that they are fetched. */
  readonly see: (first: number, last: number) => void;
  readonly error: MedspanError | null;
  readonly refresh: () => void;
}

interface Answers {
  readonly key: string;
  readonly pages: ReadonlyMap<number, readonly QueueNote[]>;
  readonly total: number | null;
}

const noPages: ReadonlyMap<number, readonly QueueNote[]> = new Map();
const pageSize = 100;
const quiet = 400;

/** The list of notes by pages, fetched as they come into sight and again once what they show has changed. */
export function useQueue(filter: QueueFilter): Queue {
  const key = JSON.stringify(filter);
  const [kept, setKept] = useState<Answers>({ key, pages: new Map(), total: null });
  // Answers to another filter are none.
  const { pages, total } = kept.key === key ? kept : { pages: noPages, total: null };
  const [error, setError] = useState<MedspanError | null>(null);
  const asked = useRef(new Set<number>());
  const generation = useRef(0);
  const seen = useRef({ first: 0, last: 0 });

  const fetchPage = useCallback(
    (page: number) => {
      const mine = generation.current;
      asked.current.add(page);
      call('annotation.queue', {
        ...(JSON.parse(key) as QueueFilter),
        offset: page * pageSize,
        limit: pageSize,
      }).then(
        (answer) => {
          if (mine !== generation.current) return;
          setError(null);
          setKept((before) => ({
            key,
            pages: new Map(before.key === key ? before.pages : noPages).set(page, answer.rows),
            total: answer.total,
          }));
        },
        (thrown: unknown) => {
          if (mine === generation.current) setError(asMedspanError(thrown));
        },
      );
    },
    [key],
  );

  const refresh = useCallback(() => {
    generation.current += 1;
    asked.current = new Set();
    const { first, last } = seen.current;
    for (let page = Math.floor(first / pageSize); page <= Math.floor(last / pageSize); page += 1)
      fetchPage(page);
  }, [fetchPage]);

  useEffect(() => {
    seen.current = { first: 0, last: 0 };
    refresh();
  }, [refresh]);

  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const soon = (): void => {
      clearTimeout(timer);
      timer = setTimeout(refresh, quiet);
    };
    const stops = [
      onEngineEvent('note.changed', soon),
      onEngineEvent('corpus.changed', soon),
      onEngineEvent('workspace.changed', soon),
    ];
    return () => {
      clearTimeout(timer);
      for (const stop of stops) stop();
    };
  }, [refresh]);

  const see = useCallback(
    (first: number, last: number) => {
      seen.current = { first, last };
      for (let page = Math.floor(first / pageSize); page <= Math.floor(last / pageSize); page += 1) {
        if (!asked.current.has(page)) fetchPage(page);
      }
    },
    [fetchPage],
  );
  const row = (index: number): QueueNote | undefined =>
    pages.get(Math.floor(index / pageSize))?.[index % pageSize];
  return { total, row, see, error, refresh };
}
