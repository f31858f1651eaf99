import { z } from 'zod';
import type { Json } from './common.ts';
import { id } from './common.ts';
import type { ErrorEnvelope } from './errors.ts';
import { method } from './method.ts';

export type JobState = 'queued' | 'running' | 'finished' | 'failed' | 'cancelled' | 'interrupted';

/** Long work: it has progress, can be cancelled, and its result outlives the window. */
export interface Job {
  readonly id: number;
  /** What it does, as `area.verb`. */
  readonly kind: string;
  readonly title: string;
  readonly state: JobState;
  /** 0 to 1, or null when the total is not known. */
  readonly progress: number | null;
  readonly secondsLeft: number | null;
  readonly createdAt: number;
  readonly endedAt: number | null;
  readonly error: ErrorEnvelope | null;
  readonly result: Json;
}

export const jobMethods = {
  /** The newest jobs first; finished ones stay as a record. */
  'jobs.list': method<readonly Job[]>()(z.object({ limit: z.number().int().min(1).max(500).default(50) })),
  'jobs.get': method<Job>()(z.object({ jobId: id })),
  /** Asks a job to stop. Nothing that it had made visible is lost. Errors: NOT_FOUND. */
  'jobs.cancel': method<null>()(z.object({ jobId: id })),
} as const;
