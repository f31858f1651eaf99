import type { ModelVersionDetail } from '../../../workers/api/registry.ts';
import { formatBytes, formatCount, formatNumber } from '../../ui/format.ts';
import { routeOf } from '../../ui/navigation.ts';
import { Time } from '../../ui/Time.tsx';

/** Where a version comes from and how it scores. */
export function VersionFacts({ version }: { readonly version: ModelVersionDetail }) {
  const labels = Object.entries(version.labelF1);
  return (
    <>
      {version.description !== '' && <p className="version-description">{version.description}</p>}
      <dl className="version-facts">
        <div>
          <dt>Strict span F1</dt>
          <dd>
            <strong>{version.f1 === null ? 'not scored' : formatNumber(version.f1, 3)}</strong>
            {labels.map(([label, f1]) => (
              <span key={label} className="version-label-f1">
                {label} {formatNumber(f1, 3)}
              </span>
            ))}
            {version.testNotes !== null && (
              <span className="muted"> on {formatCount(version.testNotes, 'test note')}</span>
            )}
          </dd>
        </div>
        <div>
          <dt>From run</dt>
          <dd>
            <a href={`#${routeOf('training', 'run', version.runId)}`}>{version.runName}</a>
          </dd>
        </div>
        <div>
          <dt>Registered</dt>
          <dd>
            <Time at={version.createdAt} />
            {version.createdBy !== null && ` by ${version.createdBy}`}
          </dd>
        </div>
        <div>
          <dt>Model</dt>
          <dd>
            {formatBytes(version.modelBytes)}, SHA-256 <Hash value={version.modelSha256} />
          </dd>
        </div>
        <div>
          <dt>Data</dt>
          <dd>
            snapshot <Hash value={version.snapshotSha256} />
          </dd>
        </div>
        {version.exports.length > 0 && (
          <div>
            <dt>Bundles</dt>
            <dd>
              {formatCount(version.exports.length, 'export')}, last <Time at={version.exports[0]?.at ?? 0} />{' '}
              to <code title={version.exports[0]?.path}>{version.exports[0]?.path}</code>
            </dd>
          </div>
        )}
      </dl>
    </>
  );
}

/** The first digits of a hash; the whole of it on hover. */
export function Hash({ value }: { readonly value: string }) {
  return <code title={value}>{value.slice(0, 12)}…</code>;
}
