import type { ModelVersion, Stage } from '../../../workers/api/registry.ts';
import { formatNumber } from '../../ui/format.ts';
import { navigate, routeOf } from '../../ui/navigation.ts';
import { stageMark } from './stage-mark.ts';

const lanes: readonly Stage[] = ['None', 'Staging', 'Production', 'Archived'];

/** Versions as a column, newest first; stages as lanes, with a mark where each version stands. */
export function VersionLanes({
  versions,
  selected,
}: {
  readonly versions: readonly ModelVersion[];
  readonly selected: number;
}) {
  return (
    <div className="lanes">
      <table className="lanes-table" aria-label="Versions and stages">
        <thead>
          <tr>
            <th scope="col">Version</th>
            <th scope="col" className="lanes-f1">
              F1
            </th>
            {lanes.map((lane) => (
              <th key={lane} scope="col" className="lanes-lane">
                {lane}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {versions.map((version) => (
            <tr key={version.id} className={version.id === selected ? 'lanes-selected' : ''}>
              <th scope="row">
                <a
                  href={`#${routeOf('registry', 'version', version.id)}`}
                  aria-current={version.id === selected}
                  title={version.description}
                >
                  {version.name}
                </a>
              </th>
              <td className="lanes-f1">{version.f1 === null ? '–' : formatNumber(version.f1, 3)}</td>
              {lanes.map((lane) => (
                <td
                  key={lane}
                  className={`lanes-lane lanes-${lane.toLowerCase()}`}
                  onClick={() => navigate(routeOf('registry', 'version', version.id))}
                >
                  {version.stage === lane && (
                    <span
                      className={`lane-mark lane-mark-${lane.toLowerCase()}`}
                      role="img"
                      aria-label={`in ${lane}`}
                    >
                      {stageMark[lane]}
                    </span>
                  )}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
