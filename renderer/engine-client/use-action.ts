import { useCallback, useState } from 'react';
import type { MedspanError } from '../../workers/api/errors.ts';
import { asMedspanError } from './live-query.ts';

export interface Action<Arguments extends readonly unknown[]> {
  readonly run: (...input: Arguments) => Promise<boolean>;
  readonly busy: boolean;
  readonly error: MedspanError | undefined;
  readonly clear: () => void;
}

/**
 * Wraps an act that may fail, for a form or a dialog that shows the failure where it happened. `run` answers
 * whether it went through; a second run while one is under way does nothing.
 */
export function useAction<Arguments extends readonly unknown[]>(
  act: (...input: Arguments) => Promise<unknown>,
): Action<Arguments> {
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<MedspanError | undefined>(undefined);
  const run = async (...input: Arguments): Promise<boolean> => {
    if (busy) return false;
    setBusy(true);
    setError(undefined);
    try {
      await act(...input);
      return true;
    } catch (thrown) {
      const failure = asMedspanError(thrown);
      if (failure.code !== 'CANCELLED') setError(failure);
      return false;
    } finally {
      setBusy(false);
    }
  };
  const clear = useCallback(() => setError(undefined), []);
  return { run, busy, error, clear };
}
