import { randomUUID } from 'node:crypto';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { convertOffsets } from '../../../crf-core/index.ts';
import type { PredictedSpan } from '../../api/serving.ts';
import { logLine, textLine } from './log-line.ts';
import type { NoteTagger } from './log-line.ts';
import type { LineLog } from './prediction-log.ts';
import { ScoringError } from './scoring-error.ts';
import type { ScoringInput } from './scoring-input.ts';
import type { OffsetUnit } from './scoring-parameters.ts';

/** One answered text. `text` quotes the request, which its sender has anyway. */
export interface AnsweredNote {
  readonly entities: readonly (PredictedSpan & { readonly text: string })[];
}

export interface PredictOptions {
  readonly tag: NoteTagger;
  readonly modelVersion: string;
  readonly log: LineLog | null;
  /** Set only where a person asked for texts. */
  readonly textLog: LineLog | null;
  readonly now?: () => number;
}

/** How long one request may keep the thread before others get their turn. */
const sliceMs = 20;

/**
 * Tags the texts of a request, writes their log lines and returns the answers in order. The answer is given only
 * after the log has taken the lines. `deadline` is on the clock of `performance.now()`.
 */
export async function predictAll(
  input: ScoringInput,
  options: PredictOptions,
  deadline = Infinity,
): Promise<AnsweredNote[]> {
  const answers: AnsweredNote[] = [];
  const lines: string[] = [];
  const texts: string[] = [];
  let sliceEnds = performance.now() + sliceMs;
  for (const text of input.texts) {
    const started = performance.now();
    if (started > deadline) {
      throw new ScoringError(504, 'DEADLINE_EXCEEDED', 'The prediction took longer than the server allows.');
    }
    const tagged = options.tag(text);
    const latencyMs = performance.now() - started;
    const id = randomUUID();
    const line = logLine(text, tagged, {
      id,
      at: (options.now ?? Date.now)(),
      modelVersion: options.modelVersion,
      latencyMs,
    });
    lines.push(JSON.stringify(line));
    if (options.textLog !== null) texts.push(JSON.stringify(textLine(text, id)));
    const { minProbability, offsetUnit } = input.parameters;
    answers.push(answer(text, tagged.spans, minProbability, offsetUnit));
    if (performance.now() > sliceEnds) {
      await nextTurn();
      sliceEnds = performance.now() + sliceMs;
    }
  }
  await Promise.all([options.log?.append(lines), options.textLog?.append(texts)]);
  return answers;
}

function answer(
  text: string,
  spans: readonly PredictedSpan[],
  minProbability: number,
  unit: OffsetUnit,
): AnsweredNote {
  const kept = spans.filter((span) => span.probability >= minProbability);
  const bounds =
    unit === 'utf-16'
      ? null
      : convertOffsets(
          text,
          kept.flatMap((span) => [span.start, span.end]),
          'utf16',
          'codepoint',
        );
  return {
    entities: kept.map((span, index) => ({
      label: span.label,
      start: bounds?.[index * 2] ?? span.start,
      end: bounds?.[index * 2 + 1] ?? span.end,
      text: text.slice(span.start, span.end),
      probability: span.probability,
    })),
  };
}
