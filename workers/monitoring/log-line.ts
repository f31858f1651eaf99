import type { PredictionLogLine } from '../api/serving.ts';
import { predictionLogLineSchema } from '../api/serving.ts';
import type { PredictionRow } from './queries.ts';

/** A line of a log as a row to store, or why it cannot be read. The reason quotes nothing of the line. */
export function readLogLine(text: string): { readonly row: PredictionRow } | { readonly reason: string } {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { reason: 'This is not JSON. A line that was cut off ends a log whose writer was stopped.' };
  }
  const checked = predictionLogLineSchema.safeParse(value);
  if (!checked.success) {
    const [issue] = checked.error.issues;
    const where =
      issue === undefined || issue.path.length === 0 ? 'the line' : issue.path.map(String).join('.');
    return { reason: `This is not prediction-log/1: ${where} does not have the expected shape.` };
  }
  const line = checked.data;
  if (line.spans.some(({ start, end }) => start >= end || end > line.features.length)) {
    return { reason: 'A span lies outside the note or is empty.' };
  }
  return {
    row: {
      logId: line.id,
      at: line.at,
      modelVersion: line.modelVersion,
      textSha256: line.textSha256,
      features: JSON.stringify(line.features),
      spans: JSON.stringify(line.spans),
      expectedGold: JSON.stringify(line.expectedGold),
      confidence: JSON.stringify(line.confidence),
      attributeCounts: JSON.stringify(line.attributeCounts),
      latencyMs: line.latencyMs,
    },
  };
}

/** The stored row as the line it was. It was checked when it came in. */
export function lineOfRow(row: PredictionRow): PredictionLogLine {
  return {
    format: 'prediction-log/1',
    id: row.logId,
    at: row.at,
    modelVersion: row.modelVersion,
    textSha256: row.textSha256,
    features: JSON.parse(row.features) as PredictionLogLine['features'],
    spans: JSON.parse(row.spans) as PredictionLogLine['spans'],
    expectedGold: JSON.parse(row.expectedGold) as PredictionLogLine['expectedGold'],
    confidence: JSON.parse(row.confidence) as PredictionLogLine['confidence'],
    attributeCounts: JSON.parse(row.attributeCounts) as PredictionLogLine['attributeCounts'],
    latencyMs: row.latencyMs,
  };
}
