import { Button } from '@blueprintjs/core';
import { useState } from 'react';
import type { Label } from '../../../workers/api/annotation.ts';
import { KeyHint } from '../../ui/commands/KeyHint.tsx';
import { labelInk } from '../label-look.ts';
import { useOpen } from '../store.ts';
import { LabelForm } from './LabelForm.tsx';

/** What to tag and what not: the label under the caret first, else all of them. */
export function Guideline() {
  const labels = useOpen((state) => state.schema.labels);
  const linkTypes = useOpen((state) => state.schema.linkTypes);
  const activeLabel = useOpen((state) =>
    state.active === null ? null : (state.spans.get(state.active)?.labelId ?? null),
  );
  const [editing, setEditing] = useState<Label | 'new' | null>(null);
  const shown = activeLabel === null ? labels : labels.filter((label) => label.id === activeLabel);
  const name = (labelId: number): string => labels.find((label) => label.id === labelId)?.name ?? '';
  return (
    <div className="guideline">
      {shown.map((label) => (
        <section key={label.id} aria-label={`Guideline for ${label.name}`}>
          <h4>
            <span className="label-mark" data-pattern={label.pattern} style={{ color: labelInk(label) }} />
            {label.name}
            <KeyHint combo={label.key} />
            <Button
              size="small"
              variant="minimal"
              icon="edit"
              aria-label={`Edit label ${label.name}`}
              onClick={() => setEditing(label)}
            />
          </h4>
          <p>
            {label.definition === '' ? <span className="muted">No definition yet.</span> : label.definition}
          </p>
          {linkTypes
            .filter((type) => type.fromLabelId === label.id || type.toLabelId === label.id)
            .map((type) => (
              <p key={type.id} className="muted">
                {name(type.fromLabelId)} <em>{type.name}</em> {name(type.toLabelId)}
              </p>
            ))}
        </section>
      ))}
      <Button size="small" icon="plus" text="Add a label" onClick={() => setEditing('new')} />
      {editing && <LabelForm label={editing === 'new' ? null : editing} onClose={() => setEditing(null)} />}
    </div>
  );
}
