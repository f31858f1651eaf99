import { Button, TextArea } from '@blueprintjs/core';
import { useId, useState } from 'react';
import type { Prediction } from '../../workers/api/serving.ts';
import { call } from '../engine-client/engine.ts';
import { useAction } from '../engine-client/use-action.ts';
import { ErrorCallout } from '../ui/ErrorCallout.tsx';
import { formatNumber, formatPercent } from '../ui/format.ts';
import { PredictedText } from './PredictedText.tsx';

/** Paste a note, see what the version finds in it. Nothing is stored. */
export function TryNote({
  versionId,
  versionName,
}: {
  readonly versionId: number;
  readonly versionName: string;
}) {
  const [text, setText] = useState('');
  const [answer, setAnswer] = useState<{ readonly text: string; readonly prediction: Prediction } | null>(
    null,
  );
  const field = useId();
  const predict = useAction(async () => {
    setAnswer({ text, prediction: await call('serving.predict', { modelVersionId: versionId, text }) });
  });
  return (
    <section className="try-note" aria-labelledby={`${field}-title`}>
      <h2 id={`${field}-title`}>Try a note</h2>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void predict.run();
        }}
      >
        <label htmlFor={field}>Text of a note; it is not stored</label>
        <TextArea
          id={field}
          fill
          rows={5}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
            event.preventDefault();
            void predict.run();
          }}
        />
        <Button
          type="submit"
          intent="primary"
          icon="play"
          text={`Predict with ${versionName}`}
          title="Ctrl Enter"
          loading={predict.busy}
        />
      </form>
      {predict.error !== undefined && <ErrorCallout error={predict.error} />}
      {answer !== null && <Answer {...answer} />}
    </section>
  );
}

function Answer({ text, prediction }: { readonly text: string; readonly prediction: Prediction }) {
  const { spans, features, latencyMs, modelVersion, meanTokenMaxMarginal } = prediction;
  const facts = [
    `${formatNumber(features.tokens, 0)} tokens`,
    `${formatNumber(latencyMs, 1)}\u2009ms`,
    ...(features.oovShare === null
      ? []
      : [`${formatPercent(features.oovShare, 0)} of words unseen in training`]),
    ...(meanTokenMaxMarginal === null ? [] : [`mean confidence ${formatNumber(meanTokenMaxMarginal, 3)}`]),
  ];
  return (
    <div role="status" className="answer">
      <p className="muted">
        {modelVersion}: {spans.length === 0 ? 'no spans' : `${formatNumber(spans.length, 0)} spans`},{' '}
        {facts.join(', ')}
      </p>
      <PredictedText text={text} spans={spans} />
      {spans.length > 0 && (
        <table className="span-table" aria-label="Predicted spans">
          <thead>
            <tr>
              <th scope="col">Label</th>
              <th scope="col">Text</th>
              <th scope="col">Offsets</th>
              <th scope="col">Probability</th>
            </tr>
          </thead>
          <tbody>
            {spans.map((span) => (
              <tr key={`${String(span.start)}-${span.label}`}>
                <td>{span.label}</td>
                <td>{text.slice(span.start, span.end)}</td>
                <td className="offsets">
                  {span.start}–{span.end}
                </td>
                <td>{formatNumber(span.probability, 3)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </div>
  );
}
