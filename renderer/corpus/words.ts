import type { Encoding, ImportFormat, ImportState, NoteStatus, Part } from '../../workers/api/corpus.ts';

/** How what the engine names by code is called on screen. */
export const formatNames: Readonly<Record<ImportFormat, string>> = {
  'token-pairs': 'Token and label pairs',
  conll: 'CoNLL, token and tag columns',
  jsonl: 'JSONL, one note a line',
  text: 'Text files, one note a file',
};

export const formats = Object.keys(formatNames) as readonly ImportFormat[];

export const encodingNames: Readonly<Record<Encoding, string>> = {
  'utf-8': 'UTF-8',
  'utf-8-bom': 'UTF-8 with byte order mark',
  'utf-16le': 'UTF-16 little-endian',
  'utf-16be': 'UTF-16 big-endian',
  'windows-1252': 'Windows-1252',
};

export const statusNames: Readonly<Record<NoteStatus, string>> = {
  new: 'New',
  started: 'Started',
  done: 'Done',
  flagged: 'Flagged',
};

export const partNames: Readonly<Record<Part, string>> = { train: 'Train', dev: 'Dev', test: 'Test' };

export const importStates: Readonly<Record<ImportState, string>> = {
  running: 'running',
  finished: 'finished',
  cancelled: 'being cleared away',
  failed: 'nothing came in',
  interrupted: 'interrupted',
};
