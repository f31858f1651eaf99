import type { DriftVerdict, FeatureDrift } from '../../workers/api/monitoring.ts';
import type { IconName } from '@blueprintjs/core';

/** How a verdict is said and shown: a word, an icon and a tone, never the tone alone. */
export const verdicts: Readonly<
  Record<
    DriftVerdict,
    { readonly word: string; readonly icon: IconName; readonly tone: 'bad' | 'good' | 'muted' }
  >
> = {
  drift: { word: 'Drift', icon: 'trending-up', tone: 'bad' },
  'no-drift': { word: 'No drift', icon: 'tick', tone: 'good' },
  'not-enough-data': { word: 'Not enough data', icon: 'minus', tone: 'muted' },
};

export const groups: Readonly<Record<FeatureDrift['group'], string>> = {
  note: 'Notes',
  prediction: 'Predictions',
  confidence: 'Confidence',
  attributes: 'Attributes',
};
