import type { FeatureDrift } from '../../workers/api/monitoring.ts';
import { DataTable } from '../ui/data-table/DataTable.tsx';
import type { Column } from '../ui/data-table/column.ts';
import { formatNumber } from '../ui/format.ts';
import { Verdict } from './Verdict.tsx';
import { groups } from './words.ts';

const number = (value: number | null, digits = 3): string =>
  value === null ? '–' : formatNumber(value, digits);

/** Small probabilities as an order of magnitude, so that they do not all read 0.000. */
const chance = (value: number | null): string =>
  value === null ? '–' : value > 0 && value < 0.001 ? '< 0.001' : formatNumber(value, 3);

const columns: readonly Column<FeatureDrift>[] = [
  {
    id: 'feature',
    title: 'Feature',
    render: ({ title }) => title,
    sortValue: ({ title }) => title,
    width: 'minmax(180px, 2fr)',
  },
  {
    id: 'group',
    title: 'Of',
    render: ({ group }) => groups[group],
    sortValue: ({ group }) => groups[group],
    width: '104px',
  },
  {
    id: 'verdict',
    title: 'Verdict',
    hint: 'Drift where q is at most 0.05 and the Jensen–Shannon distance reaches the floor',
    render: ({ verdict }) => <Verdict verdict={verdict} />,
    sortValue: ({ verdict }) => ({ drift: 0, 'no-drift': 1, 'not-enough-data': 2 })[verdict],
    width: '144px',
  },
  {
    id: 'js',
    title: 'JS',
    hint: 'Jensen–Shannon distance in nats, 0 to 0.833',
    render: ({ jensenShannon }) => number(jensenShannon),
    sortValue: ({ jensenShannon }) => jensenShannon,
    width: '72px',
    align: 'right',
  },
  {
    id: 'psi',
    title: 'PSI',
    hint: 'Population stability index',
    render: ({ psi }) => number(psi),
    sortValue: ({ psi }) => psi,
    width: '72px',
    align: 'right',
  },
  {
    id: 'ks',
    title: 'KS',
    hint: 'Kolmogorov–Smirnov statistic over notes',
    render: ({ ks }) => number(ks),
    sortValue: ({ ks }) => ks,
    width: '72px',
    align: 'right',
  },
  {
    id: 'q',
    title: 'q',
    hint: 'Benjamini–Hochberg adjusted p-value of the KS test',
    render: ({ qValue }) => chance(qValue),
    sortValue: ({ qValue }) => qValue,
    width: '80px',
    align: 'right',
  },
  {
    id: 'reference',
    title: 'Reference',
    hint: 'Mean over notes',
    render: ({ referenceMean }) => number(referenceMean, 2),
    sortValue: ({ referenceMean }) => referenceMean,
    width: '96px',
    align: 'right',
  },
  {
    id: 'current',
    title: 'Current',
    hint: 'Mean over notes',
    render: ({ currentMean }) => number(currentMean, 2),
    sortValue: ({ currentMean }) => currentMean,
    width: '96px',
    align: 'right',
  },
];

interface FeatureTableProps {
  readonly features: readonly FeatureDrift[];
  readonly selected: string | null;
  readonly onSelect: (feature: string) => void;
}

export function FeatureTable({ features, selected, onSelect }: FeatureTableProps) {
  return (
    <div className="feature-table">
      <DataTable
        label="Features, most drifted first"
        columns={columns}
        rows={features}
        rowKey={({ feature }) => feature}
        selectedKey={selected}
        onSelect={({ feature }) => onSelect(feature)}
      />
    </div>
  );
}
