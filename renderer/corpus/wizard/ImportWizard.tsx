import { Button } from '@blueprintjs/core';
import { useState } from 'react';
import { ErrorCallout } from '../../ui/ErrorCallout.tsx';
import { Screen } from '../../ui/layout/Screen.tsx';
import { navigate, routeOf } from '../../ui/navigation.ts';
import { ImportRun } from './ImportRun.tsx';
import { PreviewStep } from './PreviewStep.tsx';
import { SourceStep } from './SourceStep.tsx';
import { TargetStep } from './TargetStep.tsx';
import type { Started } from './TargetStep.tsx';
import { useImportPlan } from './use-import-plan.ts';
import { useLabelChoices } from './use-label-choices.ts';
import './wizard.css';

/** Choose, see what would come in, decide, import. Everything stands on one page, each part once it can be filled. */
export function ImportWizard({ corpusId }: { readonly corpusId: number | null }) {
  const [target, setTarget] = useState<number | null>(corpusId);
  const [started, setStarted] = useState<Started | null>(null);
  const state = useImportPlan(target);
  const labels = useLabelChoices(state.preview);
  const back = (
    <Button
      icon="arrow-left"
      text="Corpus"
      onClick={() => navigate(corpusId === null ? '/corpus' : routeOf('corpus', corpusId))}
    />
  );

  if (started !== null) {
    return (
      <Screen title="Import notes" actions={back} page>
        <ImportRun
          started={started}
          onAgain={() => {
            setStarted(null);
            setTarget(started.corpusId);
            state.reset();
          }}
        />
      </Screen>
    );
  }
  return (
    <Screen title="Import notes" actions={back} page>
      <div className="wizard">
        <SourceStep state={state} />
        {state.error !== undefined && <ErrorCallout error={state.error} onRetry={() => state.choose({})} />}
        {state.preview !== undefined && <PreviewStep preview={state.preview} labels={labels} />}
        {state.preview !== undefined && state.plan !== undefined && (
          <TargetStep
            chosen={state.chosen}
            format={state.plan.format}
            preview={state.preview}
            labels={labels}
            target={target}
            onTarget={setTarget}
            onStarted={setStarted}
          />
        )}
      </div>
    </Screen>
  );
}
