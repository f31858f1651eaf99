import type { WritableDatabase } from '../connection.ts';

/** One step of the schema. Shipped steps are never edited; numbers rise in tens. */
export interface Migration {
  readonly version: number;
  readonly name: string;
  up(db: WritableDatabase): void;
}
