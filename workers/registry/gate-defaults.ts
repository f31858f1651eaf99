import type { Gate, GateKind, GateSettings } from '../api/registry.ts';

/** The gates that a new workspace starts with; a team edits them from there. */
export const defaultGates: readonly Pick<Gate, 'name' | 'stage' | 'kind' | 'settings'>[] = [
  { name: 'F1 over all labels', stage: 'Staging', kind: 'f1-floor', settings: { label: null, floor: 0.5 } },
  { name: 'F1 of each label', stage: 'Staging', kind: 'f1-floor', settings: { label: '*', floor: 0.4 } },
  {
    name: 'No worse than Production',
    stage: 'Staging',
    kind: 'no-worse',
    settings: { margin: 0.05, confidence: 0.95, resamples: 2000, seed: 1 },
  },
  { name: 'Behaviour', stage: 'Staging', kind: 'behaviour', settings: { maxFailureRate: 0.25 } },
  { name: 'Determinism', stage: 'Staging', kind: 'determinism', settings: { notes: 50 } },
  { name: 'Bundle loads by itself', stage: 'Production', kind: 'bundle-loads', settings: {} },
  {
    name: 'Same predictions in the bundle',
    stage: 'Production',
    kind: 'golden-notes',
    settings: { testNotes: 100 },
  },
  { name: 'Scoring contract', stage: 'Production', kind: 'contract', settings: {} },
  { name: 'Latency', stage: 'Production', kind: 'latency', settings: { p95Ms: 200, requests: 200 } },
];

/** What a gate checks, with its own limits in the sentence. */
export function describeGate(kind: GateKind, settings: GateSettings): string {
  const show = (key: string): string => String(settings[key]);
  switch (kind) {
    case 'f1-floor': {
      const label = settings['label'];
      const whose =
        label === null ? 'over all labels' : label === '*' ? 'of each label' : `of ${String(label)}`;
      return `Strict span F1 ${whose} on the run's test part is at least ${show('floor')}.`;
    }
    case 'no-worse':
      return `On the same notes F1 does not fall more than ${show('margin')} below Production, by paired bootstrap.`;
    case 'behaviour':
      return `Small made-up texts come out as they must; at most ${show('maxFailureRate')} of all cases fail.`;
    case 'determinism':
      return 'Tagging the same notes twice gives the same bytes.';
    case 'bundle-loads':
      return 'The exported bundle checks its files, loads in a separate Node process and passes its self-test.';
    case 'golden-notes':
      return `The bundle gives the same spans and probabilities as the app on its golden notes and ${show('testNotes')} test notes.`;
    case 'contract':
      return 'The server answers every row of the scoring contract, logs each prediction and leaks no text in errors.';
    case 'latency':
      return `95 % of ${show('requests')} requests with one test note are answered within ${show('p95Ms')} ms.`;
  }
}

/** Says what is wrong with new settings, or null. Every key keeps its type; numbers stay in range. */
export function settingsFault(kind: GateKind, defaults: GateSettings, settings: GateSettings): string | null {
  for (const key of Object.keys(settings)) {
    if (!Object.hasOwn(defaults, key)) return `A gate of the kind ${kind} has no setting “${key}”.`;
  }
  for (const [key, value] of Object.entries(settings)) {
    const range = ranges[key];
    if (range === undefined) {
      if (value !== null && typeof value !== 'string')
        return `“${key}” takes the name of a label, “*” or nothing.`;
      continue;
    }
    const [least, most, whole] = range;
    if (
      typeof value !== 'number' ||
      !(value >= least && value <= most) ||
      (whole && !Number.isInteger(value))
    ) {
      return `“${key}” takes a ${whole ? 'whole ' : ''}number from ${String(least)} to ${String(most)}.`;
    }
  }
  return null;
}

const ranges: Readonly<Record<string, readonly [least: number, most: number, whole: boolean]>> = {
  floor: [0, 1, false],
  margin: [0, 1, false],
  confidence: [0.5, 0.999, false],
  resamples: [200, 100_000, true],
  seed: [0, 2_147_483_647, true],
  maxFailureRate: [0, 1, false],
  notes: [1, 10_000, true],
  testNotes: [0, 10_000, true],
  p95Ms: [1, 60_000, false],
  requests: [20, 100_000, true],
};
