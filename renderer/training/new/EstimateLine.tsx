import { Callout } from '@blueprintjs/core';
import { useEffect, useState } from 'react';
import type { RunSpec } from '../../../workers/api/training.ts';
import { useQuery } from '../../engine-client/use-query.ts';
import { ErrorCallout } from '../../ui/ErrorCallout.tsx';
import { formatBytes, formatCount, formatDuration } from '../../ui/format.ts';

/** Memory and time of the run as it stands in the form, worked out on a sample of its train part. */
export function EstimateLine({ spec }: { readonly spec: RunSpec }) {
  const settled = useSettled(JSON.stringify(spec), 400);
  const { data, error, loading } = useQuery('training.estimate', JSON.parse(settled) as RunSpec);
  if (error !== undefined) return <ErrorCallout error={error} />;
  if (data === undefined) {
    return (
      <p className="muted" role="status">
        {loading ? 'Estimating memory and time on a sample…' : ''}
      </p>
    );
  }
  const iterations = spec.parameters?.maxIterations ?? 100;
  return (
    <div className="estimate" role="status">
      <p>
        {formatCount(data.notes, 'note')}, {formatCount(data.tokens, 'token')}, about{' '}
        {formatCount(data.attributes, 'attribute')} and {formatCount(data.weights, 'weight')}.
      </p>
      <p>
        Needs about <strong>{formatBytes(data.memoryBytes)}</strong> of {formatBytes(data.freeMemoryBytes)}{' '}
        free
        {data.secondsPerIteration === null ? '' : ', '}
        {data.secondsPerIteration !== null && (
          <>
            and at most <strong>{formatDuration(data.secondsPerIteration * iterations * 1.1)}</strong>
          </>
        )}
        .
      </p>
      {data.warnings.map((warning) => (
        <Callout key={warning} intent="warning" compact>
          {warning}
        </Callout>
      ))}
    </div>
  );
}

/** The value once it has stood still for a while, so that not every key asks for an estimate. */
function useSettled(value: string, milliseconds: number): string {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), milliseconds);
    return () => clearTimeout(timer);
  }, [value, milliseconds]);
  return settled;
}
