import { createReadStream, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Readable } from 'node:stream';
import { UsageError } from './program.ts';

export interface InputNote {
  readonly id: string;
  readonly text: string;
  /** When it came, ms UTC, where the input says so; logs written later then lie where they belong. */
  readonly at?: number;
}

/** How notes lie in a file: one note a file, one a line, or one JSON object a line. */
export type InputShape = 'whole' | 'lines' | 'jsonl';

/** The notes of the named files, or of the pipe where none is named. */
export async function* readNotes(files: readonly string[], shape: InputShape): AsyncGenerator<InputNote> {
  if (files.length === 0) {
    if (process.stdin.isTTY) throw new UsageError('Name a file, or send notes through a pipe.');
    yield* readStream(process.stdin, 'stdin', shape);
  }
  for (const file of files) {
    const name = path.basename(file);
    if (shape === 'whole') yield { id: name, text: decode(readFileSync(file), name) };
    else yield* readStream(createReadStream(file), name, shape);
  }
}

async function* readStream(stream: Readable, name: string, shape: InputShape): AsyncGenerator<InputNote> {
  if (shape === 'whole') {
    const chunks: Buffer[] = [];
    for await (const chunk of stream) chunks.push(chunk as Buffer);
    yield { id: name, text: decode(Buffer.concat(chunks), name) };
    return;
  }
  let number = 0;
  for await (const line of readLines(stream, name)) {
    number++;
    const place = `${name}:${String(number)}`;
    if (shape === 'lines') yield { id: place, text: line };
    else if (line.trim() !== '') yield parseLine(line, place);
  }
}

/** Lines end with LF or CRLF only: Node's own line reader also cuts at U+2028, which JSON may hold in a string. */
async function* readLines(stream: Readable, name: string): AsyncGenerator<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let rest = '';
  for await (const chunk of stream) {
    const lines = (rest + decode(chunk as Buffer, name, decoder)).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) yield withoutReturn(line);
  }
  rest += decode(new Uint8Array(), name, decoder);
  if (rest !== '') yield withoutReturn(rest);
}

function withoutReturn(line: string): string {
  return line.endsWith('\r') ? line.slice(0, -1) : line;
}

function parseLine(line: string, place: string): InputNote {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    throw new UsageError(`${place}: this line is not valid JSON.`);
  }
  const { id, text, date } = (value ?? {}) as { id?: unknown; text?: unknown; date?: unknown };
  if (typeof text !== 'string') throw new UsageError(`${place}: this line has no "text" that is a string.`);
  const at = typeof date === 'string' ? Date.parse(date) : NaN;
  return {
    id: typeof id === 'string' || typeof id === 'number' ? String(id) : place,
    text,
    ...(at >= 0 ? { at } : {}),
  };
}

/** With a decoder given, the bytes are a piece of a stream; no bytes end it. */
function decode(bytes: Uint8Array, name: string, piecewise?: InstanceType<typeof TextDecoder>): string {
  try {
    const stream = piecewise !== undefined && bytes.length > 0;
    return (piecewise ?? new TextDecoder('utf-8', { fatal: true })).decode(bytes, { stream });
  } catch {
    throw new UsageError(`${name} is not UTF-8 text. Convert it first.`);
  }
}
