import type { GateResult, ModelVersion } from '../../api/registry.ts';
import type { Evaluation, Score } from '../../api/training-evaluation.ts';

/** What a model card is filled from. No note text is among it. */
export interface CardFacts {
  readonly version: ModelVersion;
  readonly run: {
    readonly name: string;
    readonly trainer: string;
    readonly templateSet: string;
    readonly parameters: Readonly<Record<string, unknown>>;
    readonly seed: number;
    readonly engineVersion: string;
    readonly snapshotSha256: string;
  };
  readonly data: {
    readonly snapshotName: string;
    readonly noteCount: number;
    readonly spanCount: number;
    readonly labelCounts: Readonly<Record<string, number>>;
    readonly parts: Readonly<Record<string, number>>;
  };
  readonly evaluation: Evaluation | null;
  readonly gates: readonly GateResult[];
  readonly medspan: string;
}

/** The model card of a version as Markdown. Equal facts give equal text. */
export function modelCard(facts: CardFacts): string {
  return [
    `# Model card: ${facts.version.name}`,
    ...details(facts),
    ...intendedUse(),
    ...data(facts),
    ...metrics(facts.evaluation),
    ...gates(facts.gates),
    ...caveats(facts),
    '',
  ].join('\n');
}

function details({ version, run, medspan }: CardFacts): string[] {
  return [
    '\n## Details\n',
    `- Kind: linear-chain conditional random field that tags spans in clinical text`,
    `- Version: ${version.name}, registered ${isoDay(version.createdAt)}${version.createdBy === null ? '' : ` by ${version.createdBy}`}`,
    ...(version.description === '' ? [] : [`- Description: ${version.description}`]),
    `- Model file: model.crf, ${String(version.modelBytes)} bytes, SHA-256 \`${version.modelSha256}\``,
    `- Trained by run ${String(version.runId)} (${run.name}): trainer ${run.trainer}, templates ${run.templateSet}, seed ${String(run.seed)}`,
    `- Parameters: ${Object.entries(run.parameters)
      .map(([name, value]) => `${name} ${String(value)}`)
      .join(', ')}`,
    `- Engine ${run.engineVersion}, Medspan ${medspan}`,
  ];
}

function intendedUse(): string[] {
  return [
    '\n## Intended use\n',
    'Finding mentions of diseases and treatments in notes of the kind that it was trained on, to fill structured data',
    'that people check. It is not a medical device.',
    '\nOut of scope: deciding on the care of a patient; notes of other specialties, languages or formats without a new',
    'evaluation; telling whether a mention is negated, historical or about somebody else.',
  ];
}

function data({ run, data: set }: CardFacts): string[] {
  const parts = Object.entries(set.parts)
    .map(([part, count]) => `${part} ${String(count)}`)
    .join(', ');
  return [
    '\n## Data\n',
    `- Snapshot “${set.snapshotName}”, content SHA-256 \`${run.snapshotSha256}\``,
    `- ${String(set.noteCount)} notes (${parts}), ${String(set.spanCount)} spans`,
    ...Object.entries(set.labelCounts).map(([label, count]) => `- ${label}: ${String(count)} spans`),
    '\nThis card and the bundle hold no text of these notes. The model itself holds words and word parts as features.',
  ];
}

function metrics(evaluation: Evaluation | null): string[] {
  const test = evaluation?.test ?? null;
  if (evaluation === null || test === null)
    return ['\n## Metrics\n', 'The run was not scored on a test part.'];
  const row = (name: string, score: Score): string =>
    `| ${name} | ${fixed(score.precision)} | ${fixed(score.recall)} | ${fixed(score.f1)} | ${
      score.f1Interval === null ? '–' : `${fixed(score.f1Interval[0])} to ${fixed(score.f1Interval[1])}`
    } | ${String(score.support)} |`;
  const head = ['| label | precision | recall | F1 | 95 % interval of F1 | n |', '|---|---|---|---|---|---|'];
  const { span, token } = test.all;
  return [
    '\n## Metrics\n',
    `On the test part: ${String(test.all.notes)} notes, ${String(test.all.tokens)} tokens, never seen in training${
      test.leakedNotes > 0
        ? `, but for ${String(test.leakedNotes)} whose text stands in the train part too`
        : ''
    }. Intervals: ${String(evaluation.bootstrap.resamples)} bootstrap draws of whole notes.`,
    '\nSpans, strict (same bounds and label):\n',
    ...head,
    row('all', span.micro),
    ...span.perLabel.map((score) => row(score.label, score)),
    '\nTokens:\n',
    ...head,
    row('all', token.micro),
    ...token.perLabel.map((score) => row(score.label, score)),
    ...(test.withoutLeaked === null
      ? []
      : [
          '\nSpans, strict, without the notes that stand in train too:\n',
          ...head,
          row('all', test.withoutLeaked.span.micro),
        ]),
  ];
}

function gates(results: readonly GateResult[]): string[] {
  return [
    '\n## Gates\n',
    '| stage | gate | result | what was found |',
    '|---|---|---|---|',
    ...results.map(({ gate, state, summary, waiver }) => {
      const said = waiver === null ? summary : `${summary} Waived by ${waiver.by}: ${waiver.reason}`;
      return `| ${gate.stage} | ${gate.name} | ${state} | ${said.replaceAll('|', '\\|').replaceAll('\n', ' ')} |`;
    }),
  ];
}

function caveats({ evaluation }: CardFacts): string[] {
  const changed = evaluation?.test?.changedGoldSpans ?? 0;
  return [
    '\n## Caveats\n',
    '- Scores hold for notes like those of the test part; watch drift on the prediction logs.',
    '- Overlapping, nested and discontinuous spans are projected onto one chain of tokens before training and scoring.',
    ...(changed > 0
      ? [`- ${String(changed)} gold spans of the test part were changed or left out by that projection.`]
      : []),
    '- Probabilities are the model’s own and were not calibrated.',
  ];
}

function fixed(value: number): string {
  return value.toFixed(3);
}

function isoDay(at: number): string {
  return new Date(at).toISOString().slice(0, 10);
}
