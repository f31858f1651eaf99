import type { KeyboardEvent, PointerEvent } from 'react';
import { useRef } from 'react';

interface DivideProps {
  readonly label: string;
  readonly size: number;
  /** The way in which dragging makes the column wider. */
  readonly grows: 'left' | 'right';
  readonly onChange: (size: number) => void;
  readonly onReset: () => void;
}

const smallest = 180;
const largest = 640;
const clamp = (size: number): number => Math.min(largest, Math.max(smallest, Math.round(size)));

/** A divider between two columns: drag, arrow keys (Shift for larger steps), double click for the usual size. */
export function Divide({ label, size, grows, onChange, onReset }: DivideProps) {
  const drag = useRef<{ readonly x: number; readonly size: number } | null>(null);
  const sign = grows === 'right' ? 1 : -1;
  const onPointerMove = (event: PointerEvent): void => {
    if (drag.current !== null) onChange(clamp(drag.current.size + sign * (event.clientX - drag.current.x)));
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const step = event.shiftKey ? 64 : 16;
    if (event.key === 'ArrowLeft') onChange(clamp(size - sign * step));
    else if (event.key === 'ArrowRight') onChange(clamp(size + sign * step));
    else if (event.key === 'Enter') onReset();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <div
      className="divide"
      role="separator"
      aria-orientation="vertical"
      aria-label={label}
      aria-valuenow={size}
      aria-valuemin={smallest}
      aria-valuemax={largest}
      tabIndex={0}
      onKeyDown={onKeyDown}
      onDoubleClick={onReset}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        drag.current = { x: event.clientX, size };
      }}
      onPointerMove={onPointerMove}
      onPointerUp={() => {
        drag.current = null;
      }}
    />
  );
}
