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

/** What came of reading one choice through. */
interface Outcome {
  readonly reading: string;
  readonly plan?: ImportPlan;
  readonly preview?: ImportPreview;
  readonly error?: MedspanError;
  readonly fraction: number;
  readonly ended: boolean;
}

export interface ImportPlanState extends Pick<Outcome, 'plan' | 'preview' | 'error' | 'fraction'> {
  readonly chosen: Chosen;
  readonly busy: boolean;
  readonly choose: (change: Partial<Chosen>) => void;
  readonly reset: () => void;
  readonly stop: () => void;
}

const nothing: Chosen = { paths: [], format: null, offsetUnit: 'auto', unit: 'document' };

/** Looks at what was chosen and reads it through, anew whenever the choice changes. */
export function useImportPlan(corpusId: number | null): ImportPlanState {
  // A new object for each choice, so that the same choice again means: read again.
  const [chosen, setChosen] = useState<Chosen & { readonly turn: number }>({ ...nothing, turn: 0 });
  const [outcome, setOutcome] = useState<Outcome | undefined>(undefined);
  const abort = useRef<AbortController | null>(null);
  const reading = `preview ${String(chosen.turn)} into ${String(corpusId)}`;

  useEvent('import.preview', ({ previewId, fraction }) =>
    setOutcome((now) => (now?.reading === previewId ? { ...now, fraction } : now)),
  );

  useEffect(() => {
    if (chosen.paths.length === 0) return;
    const running = new AbortController();
    abort.current = running;
    const { signal } = running;
    const paths = [...chosen.paths];
    const { format, offsetUnit, unit } = chosen;
    const report = (change: Partial<Outcome>): void =>
      setOutcome((now) => ({
        ...(now?.reading === reading ? now : { reading, fraction: 0, ended: false }),
        ...change,
      }));
    const read = async (): Promise<void> => {
      const plan = await call(
        'corpus.planImport',
        { paths, ...(format === null ? {} : { format }) },
        { signal },
      );
      report({ plan });
      const preview = await call(
        'corpus.previewImport',
        { paths, format: plan.format, offsetUnit, unit, corpusId, previewId: reading },
        { signal },
      );
      report({ preview });
    };
    read()
      .then(() => report({ ended: true }))
      .catch((thrown: unknown) => {
        if (signal.reason !== superseded) {
          report({ ended: true, ...(signal.aborted ? {} : { error: asMedspanError(thrown) }) });
        }
      });
    return () => running.abort(superseded);
  }, [chosen, corpusId, reading]);

  const choose = useCallback(
    (change: Partial<Chosen>) => setChosen((before) => ({ ...before, ...change, turn: before.turn + 1 })),
    [],
  );
  const reset = useCallback(() => choose(nothing), [choose]);
  const stop = useCallback(() => abort.current?.abort(), []);
  const current = outcome?.reading === reading ? outcome : undefined;
  const { plan, preview, error, fraction = 0 } = current ?? {};
  return {
    chosen,
    ...(plan === undefined ? {} : { plan }),
    ...(preview === undefined ? {} : { preview }),
    ...(error === undefined ? {} : { error }),
    fraction,
    busy: chosen.paths.length > 0 && current?.ended !== true,
    choose,
    reset,
    stop,
  };
}

const superseded = new Error('another choice was made');
