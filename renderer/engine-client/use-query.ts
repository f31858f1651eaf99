import { useCallback, useEffect, useMemo, useSyncExternalStore } from 'react';
import type { EventName } from '../../workers/api/events.ts';
import type { Input, MethodName, Output } from '../../workers/api/index.ts';
import { call, engine } from './engine.ts';
import type { QueryState } from './live-query.ts';
import { LiveQuery } from './live-query.ts';

export interface QueryOptions {
  /** Events after which the answer may be another one. A workspace that opens or closes always counts. */
  readonly refreshOn?: readonly EventName[];
}

export interface Query<Data> extends QueryState<Data> {
  readonly refresh: () => void;
}

/**
 * Asks the engine and keeps the answer fresh: on the named events, and when the engine is back after a crash. An
 * `input` of null asks nothing yet. A new input starts from a clean state; a refresh keeps the old answer until
 * the new one is there.
 */
export function useQuery<Name extends MethodName>(
  name: Name,
  input: Input<Name> | null,
  options?: QueryOptions,
): Query<Output<Name>> {
  const key = input === null ? null : JSON.stringify(input);
  const query = useMemo(
    () =>
      key === null ? null : new LiveQuery((signal) => call(name, JSON.parse(key) as Input<Name>, { signal })),
    [name, key],
  );
  const events = (options?.refreshOn ?? []).join(' ');

  useEffect(() => {
    if (query === null) return;
    const names = new Set<string>(['workspace.changed', ...events.split(' ')]);
    query.refresh();
    const stopEvents = engine.onEvent((event) => {
      if (names.has(event.name)) query.refresh();
    });
    const stopState = engine.onState(() => {
      if (engine.state === 'connected') query.refresh();
    });
    return () => {
      stopEvents();
      stopState();
      query.stop();
    };
  }, [query, events]);

  const subscribe = useCallback(
    (listener: () => void) => (query === null ? () => undefined : query.subscribe(listener)),
    [query],
  );
  const state = useSyncExternalStore(subscribe, () => (query === null ? nothingAsked : query.state));
  const refresh = useCallback(() => query?.refresh(), [query]);
  return { ...(state as QueryState<Output<Name>>), refresh };
}

const nothingAsked: QueryState<never> = { data: undefined, error: undefined, loading: false };
