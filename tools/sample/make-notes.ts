import type { NoteState } from './fill.ts';
import type { NoteType } from './note-types.ts';
import { ordinaryType, writeLongNote, writeNote } from './note-types.ts';
import type { SampleLink, SampleSpan } from './note-writer.ts';
import { createNoteWriter } from './note-writer.ts';
import type { Part, Patient } from './patients.ts';
import { createPatients } from './patients.ts';
import type { Random } from './random.ts';
import { createRandom } from './random.ts';

/** One line of the sample's JSONL files. */
export interface SampleNote {
  readonly id: string;
  readonly text: string;
  readonly spans: readonly SampleSpan[];
  readonly links: readonly SampleLink[];
  readonly patient: string;
  readonly type: NoteType;
  readonly site: string;
  readonly author: string;
  readonly date: string;
  readonly part?: Part;
}

export const seed = 'medspan sample 1';
const noteCount = 400;
const longNotes = 6;
const notesPerDay = 45;
const day = 86_400_000;
const firstProductionDay = Date.UTC(2026, 2, 2);

/** The annotated corpus: about 400 notes of the year before production. */
export function makeCorpus(): SampleNote[] {
  const random = createRandom(`${seed}/corpus`);
  const patients = createPatients(random, 160);
  return Array.from({ length: noteCount }, (_, index) => {
    const own = random.fork(`note ${String(index)}`);
    const patient = patients[index % patients.length] as Patient;
    const long = index % Math.floor(noteCount / longNotes) === 7;
    const note = makeNote(
      own,
      patient,
      long ? 'Discharge summary' : ordinaryType(own),
      long,
      plainStyle(own),
    );
    const at = Date.UTC(2025, 0, 6) + own.between(0, 359) * day;
    return {
      id: `S${String(index + 1).padStart(4, '0')}`,
      ...note,
      date: isoTime(at, own),
      part: patient.part,
    };
  });
}

/** The notes of one week in production, 1 to 4, with what an annotator would say of them. */
export function makeWeek(week: number): SampleNote[] {
  const random = createRandom(`${seed}/week ${String(week)}`);
  const patients = createPatients(createRandom(`${seed}/production patients`), 400);
  const drifted = week >= 3;
  return Array.from({ length: notesPerDay * 7 }, (_, index) => {
    const own = random.fork(`note ${String(index)}`);
    const changed = drifted && own.chance(0.9);
    const patient = own.pick(patients);
    const made = makeNote(
      own,
      patient,
      changed ? 'Tele-triage' : ordinaryType(own),
      false,
      changed ? terseStyle(own) : plainStyle(own),
    );
    const at = firstProductionDay + ((week - 1) * 7 + Math.floor(index / notesPerDay)) * day;
    const site = changed ? 'Tele-hub' : made.site;
    return {
      id: `W${String(week)}-${String(index + 1).padStart(3, '0')}`,
      ...made,
      site,
      date: isoTime(at, own),
    };
  });
}

type Made = Omit<SampleNote, 'id' | 'date' | 'part'>;

function makeNote(
  random: Random,
  patient: Patient,
  type: NoteType,
  long: boolean,
  style: (text: string) => string,
): Made {
  const writer = createNoteWriter(random.fork('annotator'));
  const state: NoteState = { writer, random, patient, style, spelt: new Set() };
  if (long) writeLongNote(state);
  else writeNote(type, state);
  const finished = patient.site === 'Saltmarsh' ? withCarriageReturns(writer.finish()) : writer.finish();
  return {
    ...finished,
    patient: patient.id,
    type,
    site: patient.site,
    author: `A${String(random.between(1, 12)).padStart(2, '0')}`,
  };
}

/** Most people write as one writes; some hurry. */
function plainStyle(random: Random): (text: string) => string {
  return random.chance(0.12) ? (text) => text.toLowerCase() : (text) => text;
}

function terseStyle(random: Random): (text: string) => string {
  return random.chance(0.25) ? (text) => text.toUpperCase() : (text) => text;
}

/** Notes of one site come from a system that ends its lines with CR LF; every offset behind one moves on. */
function withCarriageReturns(note: { text: string; spans: SampleSpan[]; links: SampleLink[] }) {
  const moved = (offset: number): number => offset + (note.text.slice(0, offset).match(/\n/g)?.length ?? 0);
  const text = note.text.replaceAll('\n', '\r\n');
  const spans = note.spans.map((span) => {
    const [start, end] = [moved(span.start), moved(span.end)];
    return { ...span, start, end, quote: text.slice(start, end) };
  });
  return { text, spans, links: note.links };
}

function isoTime(dayStart: number, random: Random): string {
  return new Date(dayStart + random.between(6 * 60, 22 * 60) * 60_000).toISOString().replace('.000', '');
}
