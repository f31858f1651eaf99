import { z } from 'zod';

/** Row id in SQLite. */
export const id = z.number().int().positive();

/** A page of a list: `offset` rows are skipped, at most `limit` rows follow. */
export const page = z.object({
  offset: z.number().int().min(0).default(0),
  limit: z.number().int().min(1).max(1000).default(100),
});

/** One page of rows and how many there are in all. */
export interface Page<Row> {
  readonly rows: readonly Row[];
  readonly total: number;
}

/** What a JSON column can hold. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

/** A path on this machine, chosen by a person in a dialog or given on the command line. */
export const filePath = z.string().min(1).max(4096);

/** A number on screen that can say how it was computed. */
export interface Figure {
  readonly name: string;
  /** null where there is not enough data; `howComputed` then says what is missing. */
  readonly value: number | null;
  /** 'F1', 's', 'tokens/s', 'notes', '%' … */
  readonly unit: string;
  /** 95 % interval. */
  readonly interval: readonly [number, number] | null;
  /** Observations behind the value. */
  readonly n: number | null;
  /** Definition, data and method in one or two sentences. */
  readonly howComputed: string;
  /** Earlier values, oldest first. */
  readonly trend: readonly { readonly at: number; readonly value: number }[];
}

/** What Home shows of an area: its one number, what needs doing next, and the KPIs that it answers for. */
export interface AreaSummary {
  readonly headline: string;
  /** A neutral sentence that names the next step, or null when nothing waits. */
  readonly next: string | null;
  /** Route of the screen where the next step is done, such as `/annotation/note/12`. */
  readonly route: string;
  readonly figures: readonly Figure[];
}
