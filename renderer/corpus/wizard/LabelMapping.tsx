import { HTMLSelect } from '@blueprintjs/core';
import type { ImportPreview, LabelChoice } from '../../../workers/api/corpus.ts';
import { formatNumber } from '../../ui/format.ts';
import type { LabelChoicesState } from './use-label-choices.ts';

interface LabelMappingProps {
  readonly preview: ImportPreview;
  readonly labels: LabelChoicesState;
}

/** More labels than this are no labels: the files are most likely of another format. */
const mostLabels = 100;

/** Each label of the source, and what becomes of its spans. */
export function LabelMapping({ preview, labels }: LabelMappingProps) {
  if (preview.labels.length === 0) return <p className="muted">These files bring no spans.</p>;
  return (
    <>
      <table className="label-mapping" aria-label="Labels">
        <thead>
          <tr>
            <th scope="col">Label of the source</th>
            <th scope="col">Spans</th>
            <th scope="col">Becomes</th>
          </tr>
        </thead>
        <tbody>
          {preview.labels.slice(0, mostLabels).map(({ name, spanCount }) => (
            <tr key={name}>
              <td>
                <code>{name}</code>
              </td>
              <td>{formatNumber(spanCount, 0)}</td>
              <td>
                <HTMLSelect
                  aria-label={`What ${name} becomes`}
                  value={asValue(labels.choices[name] ?? null)}
                  onChange={({ currentTarget: { value } }) => labels.decide(name, asChoice(value, name))}
                  options={optionsFor(name, preview.knownLabels)}
                />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {preview.labels.length > mostLabels && (
        <p>
          and {formatNumber(preview.labels.length - mostLabels, 0)} more labels: these files are most likely
          of another format, or sentences and labels are interchanged.
        </p>
      )}
    </>
  );
}

function optionsFor(name: string, known: readonly string[]) {
  return [
    { value: '', label: 'Decide …' },
    ...known.map((label) => ({ value: `map ${label}`, label })),
    ...(known.some((label) => label.toLowerCase() === name.toLowerCase())
      ? []
      : [{ value: 'create', label: `New label “${name}”` }]),
    { value: 'leave-out', label: 'Leave its spans out' },
    { value: 'reject', label: 'Reject notes that have it' },
  ];
}

function asValue(choice: LabelChoice | null): string {
  if (choice === null) return '';
  return choice.action === 'map' ? `map ${choice.label}` : choice.action;
}

function asChoice(value: string, name: string): LabelChoice | null {
  if (value.startsWith('map ')) return { action: 'map', label: value.slice(4) };
  if (value === 'create') return { action: 'create', label: name };
  return value === 'leave-out' || value === 'reject' ? { action: value } : null;
}
