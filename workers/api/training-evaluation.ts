/** Precision, recall and F1 of one label, or of all together, with the counts that they come from. */
export interface Score {
  readonly precision: number;
  readonly recall: number;
  readonly f1: number;
  /** 95 % percentile interval of F1, resampling whole notes; null with fewer than two notes. */
  readonly f1Interval: readonly [number, number] | null;
  /** Things in the gold standard: spans or tokens. */
  readonly support: number;
  readonly predicted: number;
  readonly correct: number;
}

/** Scores of one kind of thing: all labels pooled, and each by itself. */
export interface ScoreTable {
  readonly micro: Score;
  readonly perLabel: readonly (Score & { readonly label: string })[];
}

/** Counts of gold (rows) against predicted (columns). The last name is 'O': no label. */
export interface ConfusionTable {
  readonly labels: readonly string[];
  readonly counts: readonly (readonly number[])[];
}

/** A stretch of notes scored: strict spans (same bounds, same label) and tokens. */
export interface Scores {
  readonly notes: number;
  readonly tokens: number;
  readonly span: ScoreTable;
  readonly token: ScoreTable;
}

/** How a gold and a predicted span disagree. */
export type ErrorKind =
  /** A gold span that no predicted span touches. */
  | 'missed'
  /** A predicted span that touches no gold span. */
  | 'spurious'
  /** Right label, other bounds. */
  | 'boundary'
  /** Wrong label on the same or overlapping bounds. */
  | 'label';

export interface PartEvaluation {
  readonly part: 'dev' | 'test';
  readonly all: Scores;
  /** Notes of this part whose very text stands in an earlier part too. */
  readonly leakedNotes: number;
  /** The same scores without those notes; null when there are none. */
  readonly withoutLeaked: Scores | null;
  readonly tokenConfusion: ConfusionTable;
  /** Spans matched by overlap: gold label against predicted label, 'O' for missed and spurious. */
  readonly spanConfusion: ConfusionTable;
  readonly errors: Readonly<Record<ErrorKind, number>>;
  /** Gold spans that the chain cannot hold as annotated; they are scored as projected. */
  readonly changedGoldSpans: number;
  /** Strict F1 against the spans as annotated, so that what projection loses counts as lost. */
  readonly asAnnotated: Score;
}

export interface Evaluation {
  readonly dev: PartEvaluation | null;
  readonly test: PartEvaluation | null;
  /** Resamples and seed of the bootstrap behind every interval. */
  readonly bootstrap: { readonly resamples: number; readonly seed: number };
}

/** Offsets are UTF-16 in the note's text, end exclusive. */
export interface ScoredSpan {
  readonly start: number;
  readonly end: number;
  readonly label: string;
}

/** One wrong sentence with both readings of it. */
export interface SentenceErrors {
  readonly noteId: number;
  readonly externalId: string;
  /** Where the sentence begins in the note. */
  readonly start: number;
  readonly text: string;
  readonly gold: readonly ScoredSpan[];
  readonly predicted: readonly ScoredSpan[];
  readonly errors: readonly {
    readonly kind: ErrorKind;
    readonly gold: ScoredSpan | null;
    readonly predicted: ScoredSpan | null;
  }[];
  readonly leaked: boolean;
}

/** Difference of two runs on the same notes. */
export interface PairedDifference {
  readonly part: 'dev' | 'test';
  readonly notes: number;
  readonly f1: number;
  readonly baselineF1: number;
  readonly difference: number;
  readonly interval: readonly [number, number];
  /** Two-sided: how often a resample of notes speaks against the sign of the difference. */
  readonly pValue: number;
  readonly resamples: number;
}
