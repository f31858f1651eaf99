import { Button } from '@blueprintjs/core';
import { useLayoutEffect, useRef } from 'react';
import { removeActive, tag } from '../acts.ts';
import { labelInk } from '../label-look.ts';
import { startLinking } from '../link-mode.ts';
import { useOpen } from '../store.ts';
import { currentPage } from './page-view.ts';

/** What the mouse can do with what it selected, right beside it. Keys do the same, so it keeps out of the tab order. */
export function ActionBar() {
  const byMouse = useOpen((state) => state.byMouse);
  const caret = useOpen((state) => state.caret);
  const active = useOpen((state) => (state.active === null ? undefined : state.spans.get(state.active)));
  const labels = useOpen((state) => state.schema.labels);
  const linking = useOpen((state) => state.linkMode !== null);
  const bar = useRef<HTMLDivElement>(null);

  useLayoutEffect(() => {
    const place = currentPage()?.belowSelection();
    if (!bar.current || !place) return;
    bar.current.style.left = `${place.left}px`;
    bar.current.style.top = `${place.top}px`;
  }, [byMouse, linking, caret, active]);

  if (!byMouse || linking) return null;
  return (
    <div
      className="action-bar"
      role="toolbar"
      aria-label="Acts on the selection"
      ref={bar}
      onPointerDown={(event) => event.preventDefault()}
    >
      {labels.map((label) => (
        <Button
          key={label.id}
          size="small"
          variant="minimal"
          tabIndex={-1}
          active={active?.labelId === label.id}
          title={active ? `Change to ${label.name}` : `Tag as ${label.name}`}
          onClick={() => tag(label.id)}
        >
          <span className="label-mark" data-pattern={label.pattern} style={{ color: labelInk(label) }} />
          {label.name}
        </Button>
      ))}
      {active && (
        <>
          <Button
            size="small"
            variant="minimal"
            tabIndex={-1}
            icon="link"
            title="Link this span"
            onClick={startLinking}
          />
          <Button
            size="small"
            variant="minimal"
            tabIndex={-1}
            icon="trash"
            title="Remove this span"
            onClick={removeActive}
          />
        </>
      )}
    </div>
  );
}
