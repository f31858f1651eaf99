import type { ModelVersion } from '../../workers/api/registry.ts';
import { Time } from '../ui/Time.tsx';

/** What stands in Production, and since when. */
export function StandingLine({ versions }: { readonly versions: readonly ModelVersion[] }) {
  const production = versions.find(({ stage }) => stage === 'Production');
  if (production === undefined) return <span>Nothing is in Production yet</span>;
  return (
    <span>
      <strong>{production.name}</strong> in Production since <Time at={production.since} />
    </span>
  );
}
