import './skeleton.css';

/** Grey lines in the place of what is being fetched; they show only after 150 ms, so quick answers do not flicker. */
export function Skeleton({
  lines = 4,
  label = 'Loading',
}: {
  readonly lines?: number;
  readonly label?: string;
}) {
  return (
    <div className="skeleton" role="status" aria-label={label}>
      {Array.from({ length: lines }, (_, line) => (
        <div key={line} className="skeleton-line" style={{ width: `${92 - ((line * 17) % 40)}%` }} />
      ))}
    </div>
  );
}
