import { Button } from '@blueprintjs/core';
import type { ReactNode } from 'react';
import { Component } from 'react';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { navigate } from '../../ui/navigation.ts';

interface ErrorBoundaryProps {
  readonly name: string;
  readonly children: ReactNode;
}

/** A defect of one screen stays on that screen, and there is a way out of it. */
export class ErrorBoundary extends Component<ErrorBoundaryProps, { readonly failed: boolean }> {
  override state = { failed: false };

  static getDerivedStateFromError(): { failed: boolean } {
    return { failed: true };
  }

  override render(): ReactNode {
    if (!this.state.failed) return this.props.children;
    return (
      <div role="alert" className="screen">
        <EmptyState
          icon="error"
          title={`${this.props.name} ran into a defect of ours`}
          description="Nothing that was saved is lost. Try the screen again, or go on from Home; if it happens twice, restart Medspan."
          action={
            <div className="boundary-actions">
              <Button intent="primary" text="Try again" onClick={() => this.setState({ failed: false })} />
              <Button
                text="Go to Home"
                onClick={() => {
                  navigate('/');
                  this.setState({ failed: false });
                }}
              />
            </div>
          }
        />
      </div>
    );
  }
}
