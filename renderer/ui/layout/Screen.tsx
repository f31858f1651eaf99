import type { ReactNode } from 'react';
import './screen.css';

interface ScreenProps {
  readonly title: string;
  /** Beside the title: what is shown, counts, a switch. */
  readonly subtitle?: ReactNode;
  /** At the right: the screen's main acts. */
  readonly actions?: ReactNode;
  readonly children: ReactNode;
  /** The content scrolls as one page, with margins. Otherwise it fills the space and scrolls by itself. */
  readonly page?: boolean;
}

/** The frame of every screen: one heading, its acts, and the work below. */
export function Screen({ title, subtitle, actions, children, page }: ScreenProps) {
  return (
    <div className="screen">
      <header className="screen-head">
        <h1>{title}</h1>
        {subtitle !== undefined && <div className="screen-subtitle">{subtitle}</div>}
        {actions !== undefined && <div className="screen-actions">{actions}</div>}
      </header>
      {page === true ? (
        <div className="screen-page" tabIndex={-1}>
          <div className="screen-page-inner">{children}</div>
        </div>
      ) : (
        <div className="screen-body">{children}</div>
      )}
    </div>
  );
}
