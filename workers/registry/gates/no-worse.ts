import { createRandom } from '../../../crf-core/index.ts';
import type { GateSettings } from '../../api/registry.ts';
import { evidence, fact, judge } from './outcome.ts';
import type { GateOutcome } from './outcome.ts';

/** Strict span counts of both models on one note. */
export interface NotePair {
  readonly noteId: number;
  readonly gold: number;
  readonly candidate: { readonly predicted: number; readonly correct: number };
  readonly champion: { readonly predicted: number; readonly correct: number };
}

export interface NoWorseInput {
  /** null where nothing stands in Production. */
  readonly champion: string | null;
  readonly pairs: readonly NotePair[];
  /** Notes left out because Production learnt from their very text. */
  readonly excluded: number;
  /** True where too few notes would have remained and all were kept, which favours Production. */
  readonly keptLearnt: boolean;
}

/**
 * Non-inferiority by paired bootstrap: whole notes are drawn with replacement, F1 of both models is computed on
 * each draw, and the one-sided lower bound of the difference must not lie below the margin.
 */
export function noWorse(input: NoWorseInput, settings: GateSettings): GateOutcome {
  if (input.champion === null) {
    return {
      state: 'passed',
      summary: 'No Production yet: there is nothing to compare with.',
      evidence: evidence({ remarks: ['The first version in Production becomes the one to beat.'] }),
    };
  }
  const margin = Number(settings['margin']);
  const confidence = Number(settings['confidence']);
  const resamples = Number(settings['resamples']);
  const { pairs } = input;
  const candidate = f1Of(pairs, 'candidate');
  const champion = f1Of(pairs, 'champion');
  const differences = resample(pairs, resamples, Number(settings['seed']));
  const quantile = (share: number): number =>
    differences[Math.min(differences.length - 1, Math.floor(share * differences.length))] ?? Number.NaN;
  const lower = quantile(1 - confidence);
  const passed = pairs.length >= 2 && lower >= -margin;
  const difference = candidate - champion;
  return judge(
    [
      fact('This version', candidate, true, { unit: 'F1', n: pairs.length }),
      fact(`Production (${input.champion})`, champion, true, { unit: 'F1', n: pairs.length }),
      fact('Difference', difference, passed, {
        unit: 'F1',
        limit: `${percent(confidence)} lower bound ≥ −${margin.toFixed(3)}`,
        interval: [quantile(0.025), quantile(0.975)],
        n: pairs.length,
      }),
      fact('Lower bound', lower, passed, { unit: 'F1', limit: `≥ −${margin.toFixed(3)}`, n: pairs.length }),
    ],
    `${signed(difference)} F1 against ${input.champion} on ${String(pairs.length)} notes; lower bound ${signed(lower)}, allowed −${margin.toFixed(3)}.`,
    {
      noteIds: worstNotes(pairs),
      remarks: [
        `Paired bootstrap over notes, ${String(resamples)} draws.`,
        ...(input.excluded > 0
          ? [`${String(input.excluded)} notes were left out: Production learnt from their very text.`]
          : []),
        ...(input.keptLearnt
          ? [
              'Production learnt from some of these notes; too few others remain, so the comparison favours it.',
            ]
          : []),
      ],
    },
  );
}

function f1Of(pairs: readonly NotePair[], model: 'candidate' | 'champion'): number {
  let gold = 0;
  let predicted = 0;
  let correct = 0;
  for (const pair of pairs) {
    gold += pair.gold;
    predicted += pair[model].predicted;
    correct += pair[model].correct;
  }
  return gold + predicted === 0 ? 0 : (2 * correct) / (gold + predicted);
}

/** Differences of F1 over the draws, rising. */
function resample(pairs: readonly NotePair[], draws: number, seed: number): Float64Array {
  const random = createRandom(seed);
  const differences = new Float64Array(draws);
  for (let draw = 0; draw < draws; draw++) {
    let gold = 0;
    let first = 0;
    let firstCorrect = 0;
    let second = 0;
    let secondCorrect = 0;
    for (let index = 0; index < pairs.length; index++) {
      const pair = pairs[Math.floor(random() * pairs.length)];
      if (pair === undefined) continue;
      gold += pair.gold;
      first += pair.candidate.predicted;
      firstCorrect += pair.candidate.correct;
      second += pair.champion.predicted;
      secondCorrect += pair.champion.correct;
    }
    const candidate = gold + first === 0 ? 0 : (2 * firstCorrect) / (gold + first);
    const champion = gold + second === 0 ? 0 : (2 * secondCorrect) / (gold + second);
    differences[draw] = candidate - champion;
  }
  return differences.sort();
}

/** Notes where this version loses most against Production. */
function worstNotes(pairs: readonly NotePair[]): number[] {
  return pairs
    .map((pair) => ({
      id: pair.noteId,
      lost: errors(pair.gold, pair.candidate) - errors(pair.gold, pair.champion),
    }))
    .filter((entry) => entry.lost > 0)
    .toSorted((a, b) => b.lost - a.lost || a.id - b.id)
    .slice(0, 100)
    .map((entry) => entry.id);
}

function errors(gold: number, model: NotePair['candidate']): number {
  return gold + model.predicted - 2 * model.correct;
}

function signed(value: number): string {
  return `${value < 0 ? '−' : '+'}${Math.abs(value).toFixed(3)}`;
}

function percent(share: number): string {
  return `${String(Math.round(share * 100))} %`;
}
