import type { ReactNode } from 'react';
import './stat.css';

interface StatProps {
  readonly label: string;
  readonly value: ReactNode;
  /** A quieter line below: interval, n, what it is compared with. */
  readonly detail?: ReactNode;
  /** Stands beside the label: how it was computed. */
  readonly aside?: ReactNode;
  readonly children?: ReactNode;
}

/** One number with its name. */
export function Stat({ label, value, detail, aside, children }: StatProps) {
  return (
    <div className="stat">
      <div className="stat-label">
        <span>{label}</span>
        {aside}
      </div>
      <div className="stat-value">{value}</div>
      {detail !== undefined && <div className="stat-detail">{detail}</div>}
      {children}
    </div>
  );
}
