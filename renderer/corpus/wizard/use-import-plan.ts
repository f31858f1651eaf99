import { useCallback, useEffect, useRef, useState } from 'react';
import type { ImportFormat, ImportPlan, ImportPreview, OffsetUnit } from '../../../workers/api/corpus.ts';
import type { MedspanError } from '../../../workers/api/errors.ts';
import { call } from '../../engine-client/engine.ts';
import { asMedspanError } from '../../engine-client/live-query.ts';
import { useEvent } from '../../engine-client/use-event.ts';

/** What a person has chosen so far. */
export interface Chosen {
  readonly paths: readonly string[];
  /** null until the guess is in. */
  readonly format: ImportFormat | null;
  readonly offsetUnit: OffsetUnit;
  readonly unit: 'document' | 'sentence';
}

export interface ImportPlanState {
  readonly chosen: Chosen;
  readonly plan: ImportPlan | undefined;
  readonly preview: ImportPreview | undefined;
  readonly fraction: number;
  readonly error: MedspanError | undefined;
  readonly busy: boolean;
  readonly choose: (change: Partial<Chosen>) => void;
  readonly reset: () => void;
  readonly stop: () => void;
}

const nothing: Chosen = { paths: [], format: null, offsetUnit: 'auto', unit: 'document' };
let lastPreview = 0;

/** Looks at what was chosen and reads it through, anew whenever the choice changes. */
export function useImportPlan(corpusId: number | null): ImportPlanState {
  const [chosen, setChosen] = useState<Chosen>(nothing);
  const [plan, setPlan] = useState<ImportPlan | undefined>(undefined);
  const [preview, setPreview] = useState<ImportPreview | undefined>(undefined);
  const [fraction, setFraction] = useState(0);
  const [error, setError] = useState<MedspanError | undefined>(undefined);
  const [busy, setBusy] = useState(false);
  const abort = useRef<AbortController | null>(null);
  const previewId = useRef('');

  useEvent('import.preview', (progress) => {
    if (progress.previewId === previewId.current) setFraction(progress.fraction);
  });

  useEffect(() => {
    setPreview(undefined);
    setError(undefined);
    setFraction(0);
    if (chosen.paths.length === 0) {
      setPlan(undefined);
      return;
    }
    const running = new AbortController();
    abort.current = running;
    previewId.current = `preview ${String(++lastPreview)}`;
    const { signal } = running;
    const paths = [...chosen.paths];
    const read = async (): Promise<void> => {
      const found = await call(
        'corpus.planImport',
        { paths, ...(chosen.format === null ? {} : { format: chosen.format }) },
        { signal },
      );
      if (signal.aborted) return;
      setPlan(found);
      const { offsetUnit, unit } = chosen;
      const input = { paths, format: found.format, offsetUnit, unit, corpusId, previewId: previewId.current };
      const seen = await call('corpus.previewImport', input, { signal });
      if (!signal.aborted) setPreview(seen);
    };
    setBusy(true);
    read()
      .catch((thrown: unknown) => {
        if (!signal.aborted) setError(asMedspanError(thrown));
      })
      .finally(() => {
        if (abort.current === running) setBusy(false);
      });
    return () => running.abort();
  }, [chosen, corpusId]);

  const choose = useCallback(
    (change: Partial<Chosen>) => setChosen((before) => ({ ...before, ...change })),
    [],
  );
  const reset = useCallback(() => setChosen(nothing), []);
  const stop = useCallback(() => {
    abort.current?.abort();
    setBusy(false);
  }, []);
  return { chosen, plan, preview, fraction, error, busy, choose, reset, stop };
}
