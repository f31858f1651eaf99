import { Icon } from '@blueprintjs/core';
import type { DriftVerdict } from '../../workers/api/monitoring.ts';
import { verdicts } from './words.ts';

export function Verdict({ verdict }: { readonly verdict: DriftVerdict }) {
  const { word, icon, tone } = verdicts[verdict];
  return (
    <span className={`verdict verdict-${tone}`}>
      <Icon icon={icon} size={14} aria-hidden />
      {word}
    </span>
  );
}
