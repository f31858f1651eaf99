import { MedspanError } from '../api/errors.ts';

/** Ends the task where its cancel flag is up. */
export function stopWhenAsked(thread: { cancelled(): boolean }): void {
  if (thread.cancelled()) throw new MedspanError('CANCELLED', 'The run was cancelled.');
}
