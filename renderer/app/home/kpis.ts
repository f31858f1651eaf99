import type { AreaSummary, Figure } from '../../../workers/api/common.ts';
import type { AreaId } from '../areas.ts';

export interface Kpi {
  readonly id: string;
  readonly title: string;
  readonly area: AreaId;
  readonly figures: readonly Figure[];
}

interface KpiSlot {
  readonly id: string;
  readonly title: string;
  readonly area: AreaId;
  /** The figures of the area's summary that belong here. */
  readonly belongs: (figure: Figure) => boolean;
}

const isScore = (figure: Figure): boolean => /\bF1\b/i.test(`${figure.unit} ${figure.name}`);
const isMapping = (figure: Figure): boolean => /mapping|pair|map\b/i.test(figure.name);
const isSpeed = (figure: Figure): boolean => /\/s$|per second/i.test(figure.unit);
const isTime = (figure: Figure): boolean => figure.unit === 's';

/** The five that the workbench is judged by, and which area answers for each. */
const slots: readonly KpiSlot[] = [
  { id: 'f1', title: 'F1 on disease and treatment', area: 'training', belongs: isScore },
  { id: 'mapping', title: 'Disease–treatment mapping', area: 'serving', belongs: isMapping },
  { id: 'time', title: 'Training time', area: 'training', belongs: isTime },
  { id: 'capacity', title: 'Data capacity', area: 'corpus', belongs: () => true },
  { id: 'speed', title: 'Inference speed', area: 'serving', belongs: isSpeed },
];

/** The figures of the areas in their five places. A place without a figure is shown as such, never filled in. */
export function kpis(summaries: Readonly<Partial<Record<AreaId, AreaSummary>>>): readonly Kpi[] {
  return slots.map(({ id, title, area, belongs }) => ({
    id,
    title,
    area,
    figures: (summaries[area]?.figures ?? []).filter(belongs),
  }));
}
