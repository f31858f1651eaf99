import type { ModelVersion } from '../../workers/api/registry.ts';
import { call } from '../engine-client/engine.ts';
import { navigate, routeOf } from '../ui/navigation.ts';
import { showDone } from '../ui/toaster.ts';
import { ReasonButton } from './ReasonButton.tsx';

/** Brings the previous Production back. Offered where there was one. */
export function RollBack({ versions }: { readonly versions: readonly ModelVersion[] }) {
  const production = versions.find(({ stage }) => stage === 'Production');
  const before = versions.some(({ stage, id }) => stage === 'Archived' && id !== production?.id);
  if (production === undefined || !before) return null;
  const rollBack = async (reason: string): Promise<void> => {
    const entry = await call('registry.rollback', { model: production.model, reason });
    showDone(`${entry.versionName} is back in Production.`);
    navigate(routeOf('registry', 'version', entry.modelVersionId));
  };
  return (
    <ReasonButton
      text="Roll back"
      icon="undo"
      question={`The version that was in Production before ${production.name} comes back, and ${production.name} is archived.`}
      act={rollBack}
    />
  );
}
