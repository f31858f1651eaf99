import { Button, EditableText } from '@blueprintjs/core';
import type { ReactNode } from 'react';
import type { RunDetail } from '../../../workers/api/training.ts';
import { call } from '../../engine-client/engine.ts';
import { formatBytes, formatDuration, formatNumber } from '../../ui/format.ts';
import { showError } from '../../ui/toaster.ts';

/** Everything that made this run what it is. Only name and notes can still be changed. */
export function RunFacts({ run }: { readonly run: RunDetail }) {
  const { parameters, environment, size, timings, projection } = run;
  const save = (change: { readonly name?: string; readonly notes?: string }): void => {
    if (change.name === '') return;
    call('training.editRun', { runId: run.id, ...change }).catch(showError);
  };
  return (
    <section aria-label="How it was made" className="run-facts">
      <h2>How it was made</h2>
      <div className="fact-groups">
        <Facts title="Run">
          <Fact name="Name">
            <EditableText
              key={run.name}
              defaultValue={run.name}
              maxLength={120}
              onConfirm={(name) => save({ name: name.trim() })}
            />
          </Fact>
          <Fact name="Notes">
            <EditableText
              key={run.notes}
              multiline
              placeholder="Add a note"
              defaultValue={run.notes}
              maxLength={10_000}
              onConfirm={(notes) => save({ notes })}
            />
          </Fact>
          <Fact name="Made by">{run.who ?? '–'}</Fact>
          <Fact name="Ended because">{run.stopReason ?? '–'}</Fact>
          <Fact name="Iterations">{run.iterations ?? '–'}</Fact>
        </Facts>
        <Facts title="Data">
          <Fact name="Content hash">
            <Hash value={run.snapshotSha256} />
          </Fact>
          <Fact name="Hash as read">
            <Hash value={run.dataSha256} />
          </Fact>
          <Fact name="Training notes">{size === null ? '–' : formatNumber(size.notes, 0)}</Fact>
          <Fact name="Sentences">{size === null ? '–' : formatNumber(size.sentences, 0)}</Fact>
          <Fact name="Tokens">{size === null ? '–' : formatNumber(size.tokens, 0)}</Fact>
          <Fact name="Spans">{size === null ? '–' : formatNumber(size.spans, 0)}</Fact>
          <Fact name="Changed for the chain">
            {projection === null
              ? '–'
              : `${formatNumber(projection.changed, 0)} of ${formatNumber(projection.total, 0)}${reasons(projection.changedBy)}`}
          </Fact>
          <Fact name="Not on the chain">
            {projection === null
              ? '–'
              : `${formatNumber(projection.dropped, 0)} of ${formatNumber(projection.total, 0)}${reasons(projection.droppedBy)}`}
          </Fact>
        </Facts>
        <Facts title="Model">
          <Fact name="Templates">{run.templateSetName}</Fact>
          <Fact name="Trainer">{run.trainer}</Fact>
          <Fact name="Scheme">{parameters.scheme}</Fact>
          <Fact name="c2">{parameters.c2}</Fact>
          <Fact name="Maximum iterations">{parameters.maxIterations}</Fact>
          <Fact name="Patience">{parameters.patience === 0 ? 'off' : parameters.patience}</Fact>
          <Fact name="Minimum frequency">{parameters.minimumFrequency}</Fact>
          <Fact name="Seed">{run.seed}</Fact>
          <Fact name="Attributes">{size === null ? '–' : formatNumber(size.attributes, 0)}</Fact>
          <Fact name="Weights">{size === null ? '–' : formatNumber(size.weights, 0)}</Fact>
          <Fact name="Model file">{run.modelBytes === null ? '–' : formatBytes(run.modelBytes)}</Fact>
          <Fact name="SHA-256">
            <Hash value={run.modelSha256} />
          </Fact>
        </Facts>
        <Facts title="Time and place">
          <Fact name="Reading">{timings === null ? '–' : formatDuration(timings.readSeconds)}</Fact>
          <Fact name="Extraction">{timings === null ? '–' : formatDuration(timings.extractSeconds)}</Fact>
          <Fact name="Training">{timings === null ? '–' : formatDuration(timings.trainSeconds)}</Fact>
          <Fact name="Evaluation">{timings === null ? '–' : formatDuration(timings.evaluateSeconds)}</Fact>
          <Fact name="Total">{timings === null ? '–' : formatDuration(timings.totalSeconds)}</Fact>
          <Fact name="Peak memory">
            {run.peakMemoryBytes === null ? '–' : formatBytes(run.peakMemoryBytes)}
          </Fact>
          <Fact name="Processor">
            {environment.cpu}, {environment.cores} cores
          </Fact>
          <Fact name="System">
            {environment.platform} {environment.architecture}, {formatBytes(environment.memoryBytes)}
          </Fact>
          <Fact name="Medspan">{environment.medspan}</Fact>
          <Fact name="Runtime">
            Node {environment.node}
            {environment.electron === null ? '' : `, Electron ${environment.electron}`}
          </Fact>
        </Facts>
      </div>
    </section>
  );
}

const words: Readonly<Record<string, string>> = {
  acrossSentences: 'across sentences',
};

function reasons(counts: Readonly<Record<string, number>>): string {
  const named = Object.entries(counts).filter(([, count]) => count > 0);
  if (named.length === 0) return '';
  return ` (${named.map(([reason, count]) => `${String(count)} ${words[reason] ?? reason}`).join(', ')})`;
}

function Facts({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <div className="fact-group">
      <h3>{title}</h3>
      <dl>{children}</dl>
    </div>
  );
}

function Fact({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </>
  );
}

function Hash({ value }: { readonly value: string | null }) {
  if (value === null) return '–';
  return (
    <span className="hash">
      <code title={value}>{value.slice(0, 12)}</code>
      <Button
        variant="minimal"
        size="small"
        icon="duplicate"
        aria-label="Copy the whole hash"
        title="Copy the whole hash"
        onClick={() => void navigator.clipboard.writeText(value).catch(showError)}
      />
    </span>
  );
}
