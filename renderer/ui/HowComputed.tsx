import { Button, Icon, PopoverNext } from '@blueprintjs/core';
import type { Figure } from '../../workers/api/common.ts';
import { formatFigure, formatNumber } from './format.ts';
import './how-computed.css';

/** Every figure on screen can say how it was computed: definition, interval, n. */
export function HowComputed({ figure }: { readonly figure: Figure }) {
  const { value, interval, n, unit } = figure;
  return (
    <PopoverNext
      placement="bottom-end"
      content={
        <div className="how-computed">
          <h3>{figure.name}</h3>
          <p>{figure.howComputed}</p>
          <dl>
            <dt>Value</dt>
            <dd>{value === null ? 'not enough data' : formatFigure(value, unit)}</dd>
            {interval !== null && (
              <>
                <dt>95 % interval</dt>
                <dd>
                  {formatFigure(interval[0], unit)} to {formatFigure(interval[1], unit)}
                </dd>
              </>
            )}
            {n !== null && (
              <>
                <dt>n</dt>
                <dd>{formatNumber(n, 0)}</dd>
              </>
            )}
          </dl>
        </div>
      }
    >
      <Button
        variant="minimal"
        size="small"
        className="how-computed-button"
        icon={<Icon icon="info-sign" size={14} aria-hidden />}
        aria-label={`How ${figure.name} is computed`}
        title="How this is computed"
      />
    </PopoverNext>
  );
}
