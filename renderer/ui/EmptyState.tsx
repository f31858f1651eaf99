import type { IconName } from '@blueprintjs/core';
import { Icon } from '@blueprintjs/core';
import type { ReactElement, ReactNode } from 'react';
import './empty-state.css';

interface EmptyStateProps {
  readonly icon: IconName;
  /** What is not there yet: "No notes yet". */
  readonly title: string;
  /** The next step, as a sentence. */
  readonly description: ReactNode;
  /** The button that takes it. */
  readonly action?: ReactElement;
}

/** A list without rows says what the next step is and offers it. */
export function EmptyState({ icon, title, description, action }: EmptyStateProps) {
  return (
    <div className="empty-state">
      <Icon icon={icon} size={32} aria-hidden className="empty-state-icon" />
      <h2>{title}</h2>
      <div className="empty-state-description">{description}</div>
      {action}
    </div>
  );
}
