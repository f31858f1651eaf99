import { outbreakName, remedyName } from './drift-words.ts';
import type { Name } from './names.ts';
import { diseaseName, otherName, testName, treatmentName } from './names.ts';
import type { NoteWriter } from './note-writer.ts';
import type { Patient } from './patients.ts';
import type { Random } from './random.ts';
import * as words from './words.ts';

/** What a note remembers while it is written. */
export interface NoteState {
  readonly writer: NoteWriter;
  readonly random: Random;
  readonly patient: Patient;
  readonly style: (text: string) => string;
  /** Names that were spelt out with their initials in brackets, and may be called by these from now on. */
  readonly spelt: Set<Name>;
}

/** Writes a sentence pattern with its places filled, and links treatments to the disease of the same number. */
export function writeLine(pattern: string, state: NoteState): void {
  const { writer, random, style } = state;
  const diseases = new Map<string, number | null>();
  const treatments = new Map<string, number | null>();
  let capital = true;
  for (const piece of pattern.split(/(\{[a-z]+\d?\})/)) {
    const [, kind, number] = /^\{([a-z]+)(\d?)\}$/.exec(piece) ?? [];
    if (kind === undefined) {
      writer.write(style(piece));
    } else if (kind === 'd' || (kind === 'n' && number !== '')) {
      const name =
        kind === 'n'
          ? outbreakName(random)
          : patientName(state.patient.diseases, number, () => diseaseName(random));
      diseases.set(kind + (number ?? ''), mention(name, 'Disease', state, capital));
    } else if (kind === 't' || kind === 'v') {
      const name =
        kind === 'v'
          ? remedyName(random)
          : patientName(state.patient.treatments, number, () => treatmentName(random));
      treatments.set((kind === 'v' ? 'n' : 'd') + (number ?? ''), mention(name, 'Treatment', state, capital));
    } else writer.write(style(capital ? sentenceCase(fillWord(kind, random)) : fillWord(kind, random)));
    if (piece !== '') capital = false;
  }
  for (const [key, treatment] of treatments) {
    const disease = diseases.get(key);
    // A bare {d} or {t} is anybody's: only numbered places belong together.
    if (disease !== undefined && /\d$/.test(key)) writer.link(treatment, disease);
  }
}

function patientName(own: readonly Name[], number: string | undefined, other: () => Name): Name {
  return (number === undefined || number === '' ? undefined : own[Number(number) - 1]) ?? other();
}

function mention(
  name: Name,
  label: 'Disease' | 'Treatment',
  state: NoteState,
  capital: boolean,
): number | null {
  const { writer, random, style, spelt } = state;
  const cased = (text: string): string => style(text);
  if (name.short !== null && spelt.has(name) && random.chance(0.7)) {
    return writer.mention(name, label, { short: true });
  }
  const shown = capital ? capitalised(name) : name;
  const index = writer.mention(shown, label, { style: cased });
  if (name.short !== null && !spelt.has(name) && random.chance(0.5)) {
    writer.write(' (');
    writer.mention(name, label, { short: true });
    writer.write(')');
    spelt.add(name);
  }
  return index;
}

function capitalised(name: Name): Name {
  return name.before === ''
    ? { ...name, text: sentenceCase(name.text) }
    : { ...name, before: sentenceCase(name.before) };
}

function sentenceCase(text: string): string {
  return (text[0]?.toUpperCase() ?? '') + text.slice(1);
}

function fillWord(kind: string, random: Random): string {
  switch (kind) {
    case 'x':
      return testName(random);
    case 'z':
      return otherName(random);
    case 'n':
      return String(random.between(1, 180));
    case 'm':
      return String(random.between(2, 95));
    case 'p':
      return String(random.between(88, 99));
    case 'name':
      return random.pick(words.surnames);
    case 'ward':
      return random.pick(words.wards);
    case 'who':
      return random.pick(words.people);
    case 'kin':
      return random.pick(words.relatives);
    case 'job':
      return random.pick(words.jobs);
    case 'food':
      return random.pick(words.foods);
    case 'year':
      return String(random.between(1998, 2024));
    case 'days':
      return random.pick(['two days', 'a week', 'three weeks', '6 months', '10 days', 'a few hours']);
    case 'dose':
      return random.pick([
        '5 mg daily',
        '40 mg bd',
        '1 g',
        '250 mg tds',
        '10 ml',
        'twice a day',
        '0.5 mg at night',
        'for 7 days',
      ]);
    case 'date':
      return `${String(random.between(1, 28))}/${String(random.between(1, 12)).padStart(2, '0')}`;
    case 'time':
      return `${String(random.between(0, 23)).padStart(2, '0')}:${random.pick(['00', '15', '30', '45'])}`;
    default:
      throw new Error(`no such place: {${kind}}`);
  }
}
