import { createHash } from 'node:crypto';
import { createTagger, decodeModel } from '../../crf-core/index.ts';
import { readTrainingNotes } from '../annotation/service.ts';
import { MedspanError } from '../api/errors.ts';
import type { TaskRunner, TaskThread } from '../engine/context.ts';
import type { ReadableDatabase } from '../storage/connection.ts';
import { behaviour } from './gates/behaviour.ts';
import { determinism } from './gates/determinism.ts';
import { noWorse } from './gates/no-worse.ts';
import type { NotePair } from './gates/no-worse.ts';
import type { GateOutcome } from './gates/outcome.ts';
import { createTagText } from './gates/tag-text.ts';
import { SurfaceFormCounter } from './gates/template-text.ts';
import { readArtifact, readRoles } from './queries.ts';
import { goldOf, keyOf, predictedSpans } from './test-part.ts';
import type { ModelAndSplit, ThreadGate, UnitGatesInput, unitGatesTask } from './unit-gates.ts';

/** Fewer untouched notes than this say nothing about two models. */
const leastPairs = 20;

export const run: TaskRunner<typeof unitGatesTask> = (input, thread) => {
  const db = thread.database();
  const model = readArtifact(db, input.candidate.artifactId);
  return input.gates.map((gate, index) => {
    if (thread.cancelled()) throw new MedspanError('CANCELLED', 'The gates were cancelled.');
    const outcome = runGate(gate, input, model, db, thread);
    thread.progress({ fraction: (index + 1) / input.gates.length });
    return { gateId: gate.gateId, outcome };
  });
};

function runGate(
  gate: ThreadGate,
  input: UnitGatesInput,
  model: Uint8Array,
  db: ReadableDatabase,
  thread: TaskThread<unknown>,
): GateOutcome {
  switch (gate.kind) {
    case 'behaviour':
      return behaviour(
        input.examples,
        createTagText(model),
        surfaceForms(db, input.candidate.splitId),
        gate.settings,
      );
    case 'determinism': {
      const texts: string[] = [];
      for (const note of readTrainingNotes(db, input.candidate.splitId, 'test')) {
        texts.push(note.text);
        if (texts.length >= Number(gate.settings['notes'])) break;
      }
      return determinism(model, texts);
    }
    case 'no-worse':
      return noWorse(
        input.champion === null
          ? { champion: null, pairs: [], excluded: 0, keptLearnt: false }
          : { champion: input.champion.name, ...compare(db, model, input.candidate, input.champion, thread) },
        gate.settings,
      );
  }
}

function surfaceForms(db: ReadableDatabase, splitId: number) {
  const counter = new SurfaceFormCounter();
  for (const note of readTrainingNotes(db, splitId, 'train')) {
    for (const span of note.spans) {
      if (span.fragments === undefined) counter.add(span.label, note.text.slice(span.start, span.end));
    }
  }
  return counter.forms(readRoles(db));
}

/** Both models on the candidate's test part, without the notes whose text Production has learnt. */
function compare(
  db: ReadableDatabase,
  model: Uint8Array,
  candidate: ModelAndSplit,
  champion: ModelAndSplit,
  thread: TaskThread<unknown>,
) {
  const learnt = new Set<string>();
  if (champion.splitId !== candidate.splitId) {
    for (const note of readTrainingNotes(db, champion.splitId, 'train')) learnt.add(digest(note.text));
  }
  const taggers = [model, readArtifact(db, champion.artifactId)].map((bytes) =>
    createTagger(decodeModel(bytes)),
  );
  const untouched: NotePair[] = [];
  const touched: NotePair[] = [];
  for (const note of readTrainingNotes(db, candidate.splitId, 'test')) {
    if (thread.cancelled()) throw new MedspanError('CANCELLED', 'The gates were cancelled.');
    const gold = goldOf(note);
    const [first, second] = taggers.map((tagger) => {
      const spans = predictedSpans(tagger, gold);
      return { predicted: spans.length, correct: spans.filter((span) => gold.gold.has(keyOf(span))).length };
    });
    if (first === undefined || second === undefined) continue;
    const pair = { noteId: note.noteId, gold: gold.gold.size, candidate: first, champion: second };
    (learnt.has(digest(note.text)) ? touched : untouched).push(pair);
  }
  const keptLearnt = untouched.length < leastPairs && touched.length > 0;
  return {
    pairs: keptLearnt ? [...untouched, ...touched] : untouched,
    excluded: keptLearnt ? 0 : touched.length,
    keptLearnt,
  };
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('base64');
}
