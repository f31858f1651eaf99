import type { ReactNode } from 'react';
import type { Json } from '../../../workers/api/common.ts';
import { usePreference } from '../preferences.ts';
import { Divide } from './Divide.tsx';
import './panes.css';

interface PanesProps {
  /** The sizes are remembered under this name. */
  readonly id: string;
  readonly list?: ReactNode;
  readonly work: ReactNode;
  readonly detail?: ReactNode;
  /** Names of the side columns, for screen readers and the dividers. */
  readonly listLabel?: string;
  readonly detailLabel?: string;
  readonly listSize?: number;
  readonly detailSize?: number;
}

interface Sizes extends Record<string, number> {
  readonly list: number;
  readonly detail: number;
}

const isSizes = (value: Json): value is Sizes =>
  typeof value === 'object' &&
  value !== null &&
  !Array.isArray(value) &&
  typeof (value as Sizes).list === 'number' &&
  typeof (value as Sizes).detail === 'number';

/** At most three columns: list, work, detail. The dividers move by mouse and by arrow keys and stay where they are put. */
export function Panes(props: PanesProps) {
  const standard: Sizes = { list: props.listSize ?? 280, detail: props.detailSize ?? 320 };
  const [sizes, setSizes] = usePreference<Sizes>(`panes.${props.id}`, standard, isSizes);
  const listLabel = props.listLabel ?? 'List';
  const detailLabel = props.detailLabel ?? 'Detail';
  return (
    <div className="panes">
      {props.list !== undefined && (
        <>
          <section className="pane" aria-label={listLabel} style={{ width: sizes.list }}>
            {props.list}
          </section>
          <Divide
            label={`Width of ${listLabel}`}
            size={sizes.list}
            grows="right"
            onChange={(list) => setSizes({ ...sizes, list })}
            onReset={() => setSizes({ ...sizes, list: standard.list })}
          />
        </>
      )}
      <div className="pane pane-work">{props.work}</div>
      {props.detail !== undefined && (
        <>
          <Divide
            label={`Width of ${detailLabel}`}
            size={sizes.detail}
            grows="left"
            onChange={(detail) => setSizes({ ...sizes, detail })}
            onReset={() => setSizes({ ...sizes, detail: standard.detail })}
          />
          <section className="pane" aria-label={detailLabel} style={{ width: sizes.detail }}>
            {props.detail}
          </section>
        </>
      )}
    </div>
  );
}
