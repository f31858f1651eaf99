import { z } from 'zod';
import type { MonitoringSettings } from '../api/monitoring.ts';
import type { ReadableDatabase, WritableDatabase } from '../storage/connection.ts';
import { readSetting, writeSetting } from '../storage/settings.ts';

const key = 'monitoring';

/** A drop of 10 % is the threshold of the source design; 30 notes are what a stretch needs to be drawn at all. */
const shape = z.object({
  dropThreshold: z.number().default(0.1),
  minimumNotes: z.number().default(30),
  effectFloor: z.number().default(0.1),
});

export function monitoringSettings(db: ReadableDatabase): MonitoringSettings {
  const stored = shape.safeParse(readSetting(db, key) ?? {});
  return stored.success ? stored.data : shape.parse({});
}

export function changeSettings(
  db: WritableDatabase,
  change: { readonly [Name in keyof MonitoringSettings]?: number | undefined },
): MonitoringSettings {
  const known = Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined));
  writeSetting(db, key, { ...monitoringSettings(db), ...known });
  return monitoringSettings(db);
}
