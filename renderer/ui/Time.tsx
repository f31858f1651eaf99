import { formatDateTime, formatTime, formatUtc } from './format.ts';

interface TimeProps {
  readonly at: number;
  /** Only the time of day, for what happened today. */
  readonly clock?: boolean;
}

/** A moment in local time, with UTC on hover. */
export function Time({ at, clock }: TimeProps) {
  return (
    <time className="time" dateTime={new Date(at).toISOString()} title={formatUtc(at)}>
      {clock === true ? formatTime(at) : formatDateTime(at)}
    </time>
  );
}
