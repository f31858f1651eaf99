import type { NoteState } from './fill.ts';
import { writeLine } from './fill.ts';
import type { Random } from './random.ts';
import { driftLines, findingLines, historyLines, nursingLines, planLines } from './sentences.ts';
import * as words from './words.ts';

export type NoteType =
  | 'Discharge summary'
  | 'Progress note'
  | 'Clinic letter'
  | 'Nursing note'
  | 'Radiology report'
  | 'Tele-triage';

export type NoteBody = (state: NoteState) => void;

function paragraph(
  state: NoteState,
  lines: readonly string[],
  low: number,
  high: number,
  between = ' ',
): void {
  const count = state.random.between(low, high);
  for (let index = 0; index < count; index++) {
    if (index > 0) state.writer.write(between);
    writeLine(state.random.pick(lines), state);
  }
}

function heading(state: NoteState, text: string): void {
  state.writer.write(`${text}\n`);
}

function dischargeSummary(state: NoteState, courseDays: number): void {
  heading(state, 'DISCHARGE SUMMARY\n');
  heading(state, 'REASON FOR ADMISSION');
  paragraph(state, historyLines, 2, 4);
  state.writer.write('\n\n');
  heading(state, 'HOSPITAL COURSE');
  for (let day = 1; day <= courseDays; day++) {
    if (courseDays > 1) state.writer.write(`Day ${String(day)}. `);
    paragraph(state, [...findingLines, ...planLines], 3, 6);
    state.writer.write('\n');
  }
  state.writer.write('\n');
  heading(state, 'DISCHARGE MEDICATIONS');
  const count = state.random.between(2, 4);
  for (let index = 0; index < count; index++) {
    state.writer.write('- ');
    writeLine(state.random.pick(['{t1} {dose}', '{t2} {dose} for {d2}', '{t3}', '{t} {dose}']), state);
    state.writer.write('\n');
  }
  state.writer.write('\n');
  heading(state, 'FOLLOW-UP');
  paragraph(state, planLines, 1, 3);
}

const bodies: Readonly<Record<NoteType, NoteBody>> = {
  'Discharge summary': (state) => dischargeSummary(state, state.random.between(1, 2)),
  'Progress note'(state) {
    state.writer.write('S: ');
    paragraph(state, historyLines, 1, 3);
    state.writer.write('\nO: ');
    paragraph(state, findingLines, 2, 4);
    state.writer.write('\nA/P: ');
    paragraph(state, planLines, 2, 4);
  },
  'Clinic letter'(state) {
    state.writer.write(`Dear Dr ${state.random.pick(words.surnames)},\n\n`);
    paragraph(state, historyLines, 3, 5);
    state.writer.write('\n\n');
    paragraph(state, findingLines, 1, 3);
    state.writer.write(' ');
    paragraph(state, planLines, 2, 3);
    state.writer.write(`\n\nYours sincerely,\nDr ${state.random.pick(words.surnames)}`);
  },
  'Nursing note'(state) {
    paragraph(state, nursingLines, 3, 7);
    if (state.random.chance(0.35)) state.writer.write(` ${state.random.pick(words.emoji)}`);
    if (state.random.chance(0.3)) {
      state.writer.write('\n');
      paragraph(state, nursingLines, 1, 2);
    }
  },
  'Radiology report'(state) {
    heading(state, `${state.random.pick(words.tests).toUpperCase()} REPORT`);
    state.writer.write('Indication: ');
    writeLine(state.random.pick(['{d1}.', '?{d}.', '{d2}, on {t2}.', 'Before {t1}.']), state);
    state.writer.write('\nFindings: ');
    paragraph(state, findingLines, 2, 5);
    state.writer.write('\nImpression: ');
    writeLine(
      state.random.pick([
        '{d1}.',
        'No {d}.',
        '{d1}; {d2} is unchanged.',
        'After {t1}, no {d}.',
        'Normal study.',
      ]),
      state,
    );
  },
  'Tele-triage'(state) {
    paragraph(state, driftLines, 3, 7, state.random.pick(['\n', ' / ', '. ']));
  },
};

export function writeNote(type: NoteType, state: NoteState): void {
  bodies[type](state);
}

/** A stay of several weeks, day by day: more than 20 kB. */
export function writeLongNote(state: NoteState): void {
  dischargeSummary(state, 90);
}

/** How often each type is written in ordinary weeks. */
export function ordinaryType(random: Random): NoteType {
  return random.pickEarly([
    'Progress note',
    'Nursing note',
    'Clinic letter',
    'Discharge summary',
    'Radiology report',
  ]);
}
