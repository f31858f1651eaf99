import type { FeatureDrift } from '../api/monitoring.ts';
import type { PredictionLogLine } from '../api/serving.ts';
import { noteFeatureNames } from '../api/serving.ts';

/** What monitoring keeps of one logged note: a number a feature, and what the estimate of F1 needs. */
export interface Observation {
  readonly features: Readonly<Record<string, number>>;
  readonly spans: readonly { readonly label: string; readonly p: number }[];
  readonly expectedGold: Readonly<Record<string, number>>;
}

/** A note counts once in each feature, so that tokens of one note are never taken for independent evidence. */
export function observe(
  line: Pick<PredictionLogLine, 'features' | 'spans' | 'expectedGold' | 'confidence' | 'attributeCounts'>,
): Observation {
  const features: Record<string, number> = {};
  const put = (name: string, value: number | null): void => {
    if (value !== null && Number.isFinite(value)) features[name] = value;
  };
  for (const name of noteFeatureNames) put(name, line.features[name]);

  const { tokens } = line.features;
  const spans = line.spans.map(({ label, probability }) => ({ label, p: probability }));
  put('entities', spans.length);
  if (tokens > 0) {
    for (const label of Object.keys(line.expectedGold)) {
      const count = spans.filter((span) => span.label === label).length;
      put(`entitiesPer100Tokens.${label}`, (100 * count) / tokens);
    }
    const { sequenceLogProbability } = line.confidence;
    put('logProbabilityPerToken', sequenceLogProbability === null ? null : sequenceLogProbability / tokens);
  }
  if (spans.length > 0) {
    put('meanSpanProbability', spans.reduce((total, { p }) => total + p, 0) / spans.length);
  }
  put('meanTokenMaxMarginal', line.confidence.meanTokenMaxMarginal);
  for (const [template, { known, unknown }] of Object.entries(line.attributeCounts)) {
    if (known + unknown > 0) put(`unknownAttributes.${template}`, unknown / (known + unknown));
  }
  return { features, spans, expectedGold: line.expectedGold };
}

const titles: Readonly<Record<string, string>> = {
  length: 'Characters',
  tokens: 'Tokens',
  sentences: 'Sentences',
  words: 'Words',
  capitalsShare: 'Capitals among letters',
  punctuationShare: 'Punctuation among characters',
  digitShare: 'Digits among characters',
  uniqueWordsShare: 'Distinct words among words',
  stopWordsShare: 'Function words among words',
  meanSentenceLength: 'Tokens a sentence',
  oovShare: 'Words unseen in training',
  entities: 'Entities a note',
  meanSpanProbability: 'Mean probability of predicted spans',
  meanTokenMaxMarginal: 'Mean probability of the best tag',
  logProbabilityPerToken: 'Log-probability of the tags, per token',
};

/** How a screen names a feature, and which group it belongs to. */
export function describeFeature(feature: string): Pick<FeatureDrift, 'title' | 'group'> {
  const [family = feature, ...rest] = feature.split('.');
  const detail = rest.join('.');
  if (family === 'unknownAttributes') return { title: `Unseen attributes of ${detail}`, group: 'attributes' };
  if (family === 'entitiesPer100Tokens')
    return { title: `${detail} spans per 100 tokens`, group: 'prediction' };
  const title = titles[feature] ?? feature;
  if (feature === 'entities') return { title, group: 'prediction' };
  return { title, group: /^(mean(Span|Token)|logProb)/.test(feature) ? 'confidence' : 'note' };
}
