import { Button } from '@blueprintjs/core';
import { useState } from 'react';
import type { RunSpec } from '../../../workers/api/training.ts';
import { runParameters } from '../../../workers/api/training.ts';
import { call } from '../../engine-client/engine.ts';
import { useAction } from '../../engine-client/use-action.ts';
import { useQuery } from '../../engine-client/use-query.ts';
import { ErrorCallout } from '../../ui/ErrorCallout.tsx';
import { navigate } from '../../ui/navigation.ts';
import { DataChoice } from './DataChoice.tsx';
import { EstimateLine } from './EstimateLine.tsx';
import type { ParameterDraft } from './ParameterFields.tsx';
import { ParameterFields } from './ParameterFields.tsx';

/** What to learn from, with which features and settings, and what it will take; then Start. */
export function NewRunPanel({ onStarted }: { readonly onStarted: (runId: number) => void }) {
  const [splitId, setSplitId] = useState<number | null>(null);
  const [draft, setDraft] = useState<ParameterDraft>({
    templateSetId: null,
    name: '',
    seed: '1',
    ...defaults(),
  });
  const { data: templateSets } = useQuery('training.templateSets', {});
  const templateSetId = draft.templateSetId ?? templateSets?.[0]?.id ?? null;
  const spec = splitId === null || templateSetId === null ? null : toSpec(splitId, templateSetId, draft);
  const start = useAction(async () => {
    if (spec === null || typeof spec === 'string') return;
    const { runId } = await call('training.start', spec);
    onStarted(runId);
    navigate('/training');
  });
  const problem = typeof spec === 'string' ? spec : null;
  return (
    <form
      className="new-run"
      aria-label="New run"
      onSubmit={(event) => {
        event.preventDefault();
        void start.run();
      }}
    >
      <header>
        <h2>New run</h2>
        <Button variant="minimal" icon="cross" aria-label="Close" onClick={() => navigate('/training')} />
      </header>
      <DataChoice splitId={splitId} onChoose={setSplitId} />
      <ParameterFields
        draft={{ ...draft, templateSetId }}
        templateSets={templateSets ?? []}
        onChange={(change) => setDraft({ ...draft, ...change })}
      />
      {problem !== null && (
        <p className="field-problem" role="alert">
          {problem}
        </p>
      )}
      {spec !== null && typeof spec !== 'string' && <EstimateLine spec={spec} />}
      {start.error !== undefined && <ErrorCallout error={start.error} />}
      <Button
        type="submit"
        intent="primary"
        icon="play"
        text="Start training"
        loading={start.busy}
        disabled={spec === null || problem !== null}
      />
    </form>
  );
}

function defaults(): Pick<
  ParameterDraft,
  'scheme' | 'c2' | 'maxIterations' | 'minimumFrequency' | 'patience'
> {
  const { scheme, c2, maxIterations, minimumFrequency, patience } = runParameters.parse({});
  return {
    scheme,
    c2: String(c2),
    maxIterations: String(maxIterations),
    minimumFrequency: String(minimumFrequency),
    patience: String(patience),
  };
}

/** The guarded spec, or what is wrong with the draft. */
function toSpec(splitId: number, templateSetId: number, draft: ParameterDraft): RunSpec | string {
  const number = (text: string): number => (text.trim() === '' ? Number.NaN : Number(text));
  const parameters = runParameters.safeParse({
    scheme: draft.scheme,
    c2: number(draft.c2),
    maxIterations: number(draft.maxIterations),
    minimumFrequency: number(draft.minimumFrequency),
    patience: number(draft.patience),
  });
  if (!parameters.success) {
    const [issue] = parameters.error.issues;
    return `${titles[String(issue?.path[0])] ?? 'A parameter'} must be ${ranges[String(issue?.path[0])] ?? 'a number'}.`;
  }
  const seed = number(draft.seed);
  if (!Number.isInteger(seed) || seed < 0 || seed > 2_147_483_647)
    return 'Seed must be a whole number from 0 up.';
  const name = draft.name.trim();
  return { splitId, templateSetId, parameters: parameters.data, seed, ...(name === '' ? {} : { name }) };
}

const titles: Readonly<Record<string, string>> = {
  c2: 'c2',
  maxIterations: 'Maximum iterations',
  minimumFrequency: 'Minimum frequency',
  patience: 'Patience',
};

const ranges: Readonly<Record<string, string>> = {
  c2: 'a number from 0 to 1000',
  maxIterations: 'a whole number from 1 to 10 000',
  minimumFrequency: 'a whole number from 1 to 1000',
  patience: 'a whole number from 0 to 1000',
};
