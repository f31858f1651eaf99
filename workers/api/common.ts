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
