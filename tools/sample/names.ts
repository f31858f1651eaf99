import type { Random } from './random.ts';
import * as words from './words.ts';

/** How a thing is called in a note, and what an annotator might add to or take off its ends. */
export interface Name {
  readonly text: string;
  /** Words before the name that some annotators count in: `severe`, `a course of`. */
  readonly before: string;
  /** Words after the name of the same kind: `of the left knee`. */
  readonly after: string;
  /** What it is called once it was spelt out with its initials in brackets. */
  readonly short: string | null;
}

function name(text: string, extra: Partial<Name> = {}): Name {
  return { text, before: '', after: '', short: null, ...extra };
}

export function diseaseName(random: Random): Name {
  const kind = random.next();
  const before = random.chance(0.3) ? random.pick(words.severity) : '';
  if (kind < 0.3) return name(random.pickEarly(words.commonDiseases), { before });
  if (kind < 0.46) return name(random.pick(words.roots) + random.pick(words.diseaseEndings), { before });
  if (kind < 0.8) return compoundDisease(random, before);
  if (kind < 0.86) {
    const people = random.chance(0.3)
      ? `${random.pick(words.surnames)}–${random.pick(words.surnames)}`
      : random.pick(words.surnames);
    return name(
      `${people}${random.chance(0.3) ? '’s' : ''} ${random.pick(['syndrome', 'disease', 'palsy', 'anomaly'])}`,
    );
  }
  const sign = random.pick(words.signs);
  const place = random.pick(words.bodyParts);
  return random.chance(0.5)
    ? name(sign, { before, after: `in the ${place}`.replace('the both', 'both') })
    : name(`${place.replace('both hands', 'hand')} ${sign}`, { before });
}

function compoundDisease(random: Random, before: string): Name {
  const parts = [
    ...(random.chance(0.45) ? [random.pick(words.chronicity)] : []),
    random.pick(words.siteAdjectives),
    random.pick(words.pathologies),
  ];
  const after = random.chance(0.15)
    ? `of the ${random.pick(words.bodyParts)}`.replace('the both', 'both')
    : '';
  return name(parts.join(' '), { before, after, short: initials(parts) });
}

function initials(parts: readonly string[]): string | null {
  return parts.length < 2 ? null : parts.map((part) => part[0]?.toUpperCase() ?? '').join('');
}

export function treatmentName(random: Random): Name {
  const kind = random.next();
  if (kind < 0.3)
    return name(random.pickEarly(words.commonTreatments), {
      before: random.chance(0.15) ? 'a trial of' : '',
    });
  if (kind < 0.58) {
    const generic =
      random.pick(words.drugBeginnings) + random.pick(words.drugMiddles) + random.pick(words.drugStems);
    return name(generic, {
      before: random.chance(0.3) ? random.pick(['oral', 'IV', 'low-dose', 'a course of', 'topical']) : '',
    });
  }
  if (kind < 0.7) return name(random.pick(words.brandBeginnings) + random.pick(words.brandEndings));
  if (kind < 0.84) {
    const operation = random.pick(words.roots) + random.pick(words.procedureEndings);
    return name(operation, {
      before: random.chance(0.4)
        ? random.pick(['laparoscopic', 'elective', 'open', 'urgent', 'partial'])
        : '',
    });
  }
  const parts = [
    random.pick(words.siteAdjectives),
    random.pick(['nerve', 'artery', 'vein', 'joint', 'mesh', 'tendon', 'wall']),
    random.pick([
      'repair',
      'release',
      'bypass',
      'graft',
      'block',
      'stent',
      'injection',
      'drainage',
      'ablation',
      'splint',
    ]),
  ];
  return name(parts.join(' '), { short: random.chance(0.5) ? initials(parts) : null });
}

/** Something that is neither disease nor treatment, though it may look like one. */
export function testName(random: Random): string {
  const kind = random.next();
  if (kind < 0.6) return random.pick(words.tests);
  if (kind < 0.85) return random.pick(words.roots) + random.pick(words.testEndings);
  return `${random.pick(words.siteAdjectives)} ${random.pick(['Doppler', 'angiogram', 'pressures', 'views', 'cytology'])}`;
}

/** Streets, studies and apps are called like medicines, too. */
export function otherName(random: Random): string {
  return random.chance(0.5)
    ? random.pick(words.brandBeginnings) + random.pick(words.brandEndings)
    : random.pick(words.drugBeginnings).replace(/^./, (letter) => letter.toUpperCase()) +
        random.pick(['ton', 'field', 'vora', 'idine', 'mark', 'azole']);
}
