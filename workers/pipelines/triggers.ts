import { z } from 'zod';
import type { TriggerSettings } from '../api/pipelines.ts';
import type { ReadableDatabase, WritableDatabase } from '../storage/connection.ts';
import { readSetting, writeSetting } from '../storage/settings.ts';

const key = 'pipelines.triggers';

/** An alert starts retraining unless a person turned that off; new annotations only where a person asked for it. */
const shape = z.object({
  onAlert: z.boolean().default(true),
  afterAnnotatedNotes: z.number().int().min(1).nullable().default(null),
});

export function triggerSettings(db: ReadableDatabase): TriggerSettings {
  const stored = shape.safeParse(readSetting(db, key) ?? {});
  return stored.success ? stored.data : shape.parse({});
}

export function changeTriggers(
  db: WritableDatabase,
  change: {
    readonly onAlert?: boolean | undefined;
    readonly afterAnnotatedNotes?: number | null | undefined;
  },
): TriggerSettings {
  const { onAlert, afterAnnotatedNotes } = triggerSettings(db);
  writeSetting(db, key, {
    onAlert: change.onAlert ?? onAlert,
    afterAnnotatedNotes:
      change.afterAnnotatedNotes === undefined ? afterAnnotatedNotes : change.afterAnnotatedNotes,
  });
  return triggerSettings(db);
}
