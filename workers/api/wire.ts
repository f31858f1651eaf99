import type { ErrorEnvelope } from './errors.ts';
import type { EventMessage } from './events.ts';

/**
 * The messages between a window (or the CLI) and the engine. Plain data only: Electron's ports carry neither
 * transfer lists nor proxies.
 */
export type ClientMessage =
  | { readonly kind: 'call'; readonly id: number; readonly method: string; readonly input: unknown }
  | { readonly kind: 'cancel'; readonly id: number };

export type EngineMessage =
  | { readonly kind: 'reply'; readonly id: number; readonly ok: true; readonly output: unknown }
  | { readonly kind: 'reply'; readonly id: number; readonly ok: false; readonly error: ErrorEnvelope }
  | { readonly kind: 'event'; readonly event: EventMessage };
