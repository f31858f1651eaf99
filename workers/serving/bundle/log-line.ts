import { createHash } from 'node:crypto';
import type { PredictionLogLine, PredictionTextLine } from '../../api/serving.ts';

/** What the model finds in one note: the part of a log line that depends on the text alone. */
export type TaggedNote = Pick<
  PredictionLogLine,
  'features' | 'spans' | 'expectedGold' | 'confidence' | 'attributeCounts'
>;

/** Tags one note. Equal texts give equal results, on every runtime. */
export type NoteTagger = (text: string) => TaggedNote;

/** Everything about a prediction that the text does not decide. */
export interface Occasion {
  readonly id: string;
  readonly at: number;
  readonly modelVersion: string;
  readonly latencyMs: number;
}

/** The log line of one note (`prediction-log/1`). */
export function logLine(text: string, tagged: TaggedNote, occasion: Occasion): PredictionLogLine {
  return {
    format: 'prediction-log/1',
    id: occasion.id,
    at: occasion.at,
    modelVersion: occasion.modelVersion,
    textSha256: createHash('sha256').update(text, 'utf8').digest('hex'),
    features: tagged.features,
    spans: tagged.spans,
    expectedGold: tagged.expectedGold,
    confidence: tagged.confidence,
    attributeCounts: tagged.attributeCounts,
    latencyMs: Math.round(occasion.latencyMs * 1000) / 1000,
  };
}

/** The line of the separate file of texts, joined to the log by its id. */
export function textLine(text: string, id: string): PredictionTextLine {
  return { format: 'prediction-text/1', id, text };
}
