import { statfs } from 'node:fs/promises';
import { freemem } from 'node:os';
import { dirname } from 'node:path';
import type { Figure } from '../api/common.ts';
import type { ReadableDatabase } from '../storage/connection.ts';
import type { Held } from './queries.ts';
import { countHeld } from './queries.ts';

/** Below this many notes, bytes a note say more about an empty file than about notes. */
const enoughNotes = 100;

/** What freezing and splitting keep in memory for each note: its hashes, ids and place. */
const memoryPerNote = 600;

/** The share of free disk that may be used; the rest is for backups and for everybody else. */
const usableDisk = 0.4;

export interface Room {
  readonly fileBytes: number;
  readonly freeDisk: number;
  readonly freeMemory: number;
}

/** What the workspace holds, and the largest that fits this machine. */
export async function capacityFigures(db: ReadableDatabase, path: string): Promise<Figure[]> {
  const fileBytes =
    (db.pragma('page_count', { simple: true }) as number) *
    (db.pragma('page_size', { simple: true }) as number);
  const disk = await statfs(dirname(path));
  return describeCapacity(countHeld(db), {
    fileBytes,
    freeDisk: disk.bavail * disk.bsize,
    freeMemory: freemem(),
  });
}

export function describeCapacity(held: Held, room: Room): Figure[] {
  const plain = (name: string, value: number, unit: string, howComputed: string): Figure => ({
    name,
    value,
    unit,
    interval: null,
    n: held.notes,
    howComputed,
    trend: [],
  });
  return [
    plain('Notes held', held.notes, 'notes', 'Notes of all finished imports in this workspace.'),
    plain('Characters held', held.characters, 'characters', 'UTF-16 length of the texts of those notes.'),
    plain('Spans held', held.spans, 'spans', 'Accepted spans of all layers.'),
    plain(
      'Workspace size',
      room.fileBytes,
      'bytes',
      'Pages of the workspace file, with history, runs and models.',
    ),
    largestThatFits(held, room),
  ];
}

function largestThatFits(held: Held, room: Room): Figure {
  const common = { name: 'Data capacity', unit: 'notes', interval: null, n: held.notes, trend: [] } as const;
  if (held.notes < enoughNotes) {
    return {
      ...common,
      value: null,
      howComputed: `Needs at least ${String(enoughNotes)} notes to measure bytes a note; there are ${String(held.notes)}.`,
    };
  }
  const bytesPerNote = room.fileBytes / held.notes;
  const byDisk = held.notes + (room.freeDisk * usableDisk) / bytesPerNote;
  const byMemory = room.freeMemory / memoryPerNote;
  const [value, bound] = byDisk <= byMemory ? [byDisk, 'disk'] : [byMemory, 'memory'];
  return {
    ...common,
    value: Math.floor(value),
    howComputed:
      `The largest number of notes like those held that fits this machine, bound here by ${bound}: ` +
      `${String(Math.round(bytesPerNote))} bytes a note measured (workspace file / notes), ` +
      `${String(Math.round(usableDisk * 100))} % of ${gigabytes(room.freeDisk)} free on the disk, and ` +
      `${gigabytes(room.freeMemory)} of free memory at ${String(memoryPerNote)} bytes a note while a snapshot is frozen or split.`,
  };
}

function gigabytes(bytes: number): string {
  return `${(bytes / 1e9).toFixed(1)} GB`;
}
