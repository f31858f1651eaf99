import { createTagger, decodeModel } from '../../crf-core/index.ts';
import { readTrainingNotes } from '../annotation/service.ts';
import { MedspanError } from '../api/errors.ts';
import type { TaskRunner } from '../engine/context.ts';
import { predictedSpans, readArtifact } from '../registry/service.ts';
import { segment } from '../training/service.ts';
import { scorePairs } from './mapping-accuracy.ts';
import type { mappingTask, PairCounts } from './mapping-accuracy.ts';
import { formKey, pairsByLink, pairsBySentence } from './pairs.ts';
import type { FoundPair } from './pairs.ts';
import { labelsOfRole } from './queries.ts';

export const run: TaskRunner<typeof mappingTask> = ({ artifactId, splitId }, thread) => {
  const db = thread.database();
  const roles = {
    diseases: new Set(labelsOfRole(db, 'disease')),
    treatments: new Set(labelsOfRole(db, 'treatment')),
  };
  const tagger = createTagger(decodeModel(readArtifact(db, artifactId)));
  const predicted: PairCounts[] = [];
  const onGoldSpans: PairCounts[] = [];
  for (const note of readTrainingNotes(db, splitId, 'test')) {
    if (thread.cancelled()) throw new MedspanError('CANCELLED', 'The measurement was cancelled.');
    const cut = segment(note.text, note.tokenOffsets);
    const keys = (pairs: readonly FoundPair[]): Set<string> =>
      new Set(
        pairs.map(({ disease, treatment }) =>
          JSON.stringify([disease, treatment].map((span) => formKey(note.text.slice(span.start, span.end)))),
        ),
      );
    const gold = keys(pairsByLink(cut, note.spans, note.links, roles));
    const byModel = keys(pairsBySentence(cut, predictedSpans(tagger, { text: note.text, cut }), roles));
    const byRule = keys(pairsBySentence(cut, note.spans, roles));
    predicted.push(countPairs(gold, byModel));
    onGoldSpans.push(countPairs(gold, byRule));
  }
  return {
    notes: predicted.filter((note) => note.gold + note.found > 0).length,
    goldPairs: predicted.reduce((sum, note) => sum + note.gold, 0),
    predicted: scorePairs(predicted),
    onGoldSpans: scorePairs(onGoldSpans),
  };
};

function countPairs(gold: ReadonlySet<string>, found: ReadonlySet<string>): PairCounts {
  const correct = [...found].filter((key) => gold.has(key)).length;
  return { gold: gold.size, found: found.size, correct };
}
