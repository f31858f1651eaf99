import { readCurrentNote } from '../annotation/service.ts';
import { MedspanError } from '../api/errors.ts';
import type { PairMention, PairOrigin } from '../api/serving.ts';
import type { TaskRunner } from '../engine/context.ts';
import { segment } from '../training/service.ts';
import { formKey, formText, pairsByLink, pairsBySentence } from './pairs.ts';
import type { FoundPair, Mention } from './pairs.ts';
import { labelsOfRole, noteIds, readNoteTexts, readSuggestions } from './queries.ts';
import type { NoteText } from './queries.ts';
import { PairCounter } from './treatment-map.ts';
import type { treatmentMapTask } from './treatment-map.ts';

export const run: TaskRunner<typeof treatmentMapTask> = (input, thread) => {
  const db = thread.database();
  const roles = {
    diseases: new Set(labelsOfRole(db, 'disease')),
    treatments: new Set(labelsOfRole(db, 'treatment')),
  };
  const wanted =
    input.pair === null
      ? null
      : { disease: formKey(input.pair.disease), treatment: formKey(input.pair.treatment) };
  const counter = new PairCounter();
  const diseases = new Set<string>();
  const treatments = new Set<string>();
  const mentions: PairMention[] = [];
  let notesWithGold = 0;
  let notesWithPredictions = 0;

  const take = (note: NoteText, origin: PairOrigin, pairs: readonly FoundPair[]): void => {
    for (const pair of pairs) {
      const disease = formOf(note.text, pair.disease);
      const treatment = formOf(note.text, pair.treatment);
      counter.add(note.noteId, origin, disease, treatment);
      diseases.add(disease.key);
      treatments.add(treatment.key);
      if (wanted?.disease === disease.key && wanted.treatment === treatment.key) {
        mentions.push(mentionOf(note, origin, pair));
      }
    }
  };

  for (const note of readNoteTexts(db, noteIds(db, input.corpusId, false))) {
    if (thread.cancelled()) throw new MedspanError('CANCELLED', 'The treatment map was cancelled.');
    const gold = readCurrentNote(db, note.noteId);
    const cut = segment(note.text, note.tokenOffsets);
    if (gold !== null) {
      notesWithGold++;
      take(note, 'linked', pairsByLink(cut, gold.spans, gold.links, roles));
      take(note, 'gold-sentence', pairsBySentence(cut, gold.spans, roles));
    } else if (input.modelVersionId !== null) {
      const spans = readSuggestions(db, note.noteId, input.modelVersionId);
      if (spans === null) continue;
      notesWithPredictions++;
      take(note, 'predicted-sentence', pairsBySentence(cut, spans, roles));
    }
  }
  return {
    pairs: input.pair === null ? counter.pairs() : [],
    diseases: diseases.size,
    treatments: treatments.size,
    notesWithGold,
    notesWithPredictions,
    mentions,
  };
};

function formOf(text: string, span: Mention) {
  const surface = text.slice(span.start, span.end);
  return { key: formKey(surface), text: formText(surface) };
}

function mentionOf(note: NoteText, origin: PairOrigin, pair: FoundPair): PairMention {
  const [start, end] = pair.sentence;
  return {
    noteId: note.noteId,
    noteName: note.name,
    origin,
    start,
    end,
    sentence: note.text.slice(start, end),
    disease: [pair.disease.start, pair.disease.end],
    treatment: [pair.treatment.start, pair.treatment.end],
  };
}
