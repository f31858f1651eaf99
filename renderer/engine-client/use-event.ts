import { useEffect, useEffectEvent } from 'react';
import type { EventName, Events } from '../../workers/api/events.ts';
import { onEngineEvent } from './engine.ts';

/** Runs the newest `listener` on each event of that name while the component is mounted. */
export function useEvent<Name extends EventName>(
  name: Name,
  listener: (payload: Events[Name]) => void,
): void {
  const latest = useEffectEvent(listener);
  useEffect(() => onEngineEvent(name, (payload) => latest(payload)), [name]);
}
