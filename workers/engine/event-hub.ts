import type { EventMessage, EventName, Events } from '../api/events.ts';
import type { EventHub, Log } from './context.ts';

export interface TappedEventHub extends EventHub {
  /** Hears every event; for whoever passes them on to windows. */
  tap(listener: (message: EventMessage) => void): () => void;
}

type AnyListener = (payload: never) => void;

/** In-process publish and subscribe. A listener that throws is logged and never stops the others or the sender. */
export function createEventHub(log: Log): TappedEventHub {
  const listeners = new Map<EventName, Set<AnyListener>>();
  const taps = new Set<(message: EventMessage) => void>();

  function guarded(name: EventName, act: () => void): void {
    try {
      act();
    } catch (error) {
      log.error('event.listener-failed', error, { name });
    }
  }

  return {
    emit<Name extends EventName>(name: Name, payload: Events[Name]): void {
      for (const listener of [...(listeners.get(name) ?? [])]) {
        guarded(name, () => {
          (listener as (payload: Events[Name]) => void)(payload);
        });
      }
      for (const tap of [...taps]) {
        guarded(name, () => {
          tap({ name, payload } as unknown as EventMessage);
        });
      }
    },
    on(name, listener) {
      const set = listeners.get(name) ?? new Set<AnyListener>();
      listeners.set(name, set);
      set.add(listener);
      return () => {
        set.delete(listener);
      };
    },
    tap(listener) {
      taps.add(listener);
      return () => {
        taps.delete(listener);
      };
    },
  };
}
