import { Button, Callout } from '@blueprintjs/core';
import type { ReactNode } from 'react';
import type { ErrorEnvelope } from '../../workers/api/errors.ts';
import { errorTitle, wayOut } from './error-words.ts';
import './error-callout.css';

interface ErrorCalloutProps {
  readonly error: Pick<ErrorEnvelope, 'code' | 'message'>;
  readonly title?: string;
  readonly onRetry?: () => void;
  /** Further ways out, as buttons. */
  readonly children?: ReactNode;
}

/** What happened, what was kept and what to do, where it happened. */
export function ErrorCallout({ error, title, onRetry, children }: ErrorCalloutProps) {
  const hint = wayOut(error.code);
  const actions = onRetry !== undefined || children !== undefined;
  return (
    <Callout className="error-callout" intent="danger" icon="error" role="alert">
      {/* Not a heading: it may stand at any depth of a screen. */}
      <p className="error-callout-title">{title ?? errorTitle(error.code)}</p>
      <p>{error.message}</p>
      {hint !== null && <p>{hint}</p>}
      <p className="error-callout-code">{error.code}</p>
      {actions && (
        <div className="error-callout-actions">
          {onRetry !== undefined && <Button icon="refresh" text="Try again" onClick={onRetry} />}
          {children}
        </div>
      )}
    </Callout>
  );
}
