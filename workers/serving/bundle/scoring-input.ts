import { parseCsv } from './csv.ts';
import { badRequest, invalidValue, ScoringError } from './scoring-error.ts';
import { readParameters } from './scoring-parameters.ts';
import type { ScoringParameters } from './scoring-parameters.ts';

/** What a scoring request asks for. */
export interface ScoringInput {
  readonly texts: readonly string[];
  readonly parameters: ScoringParameters;
}

type Dictionary = Readonly<Record<string, unknown>>;
type Table = { readonly columns: readonly string[]; readonly rows: readonly (readonly unknown[])[] };

const fields = ['dataframe_split', 'dataframe_records', 'instances', 'inputs'] as const;

/**
 * Reads the body of `POST /invocations` in each shape of the MLflow scoring protocol. The model has one input
 * column, `text`; other columns are ignored, as the protocol's schema check does.
 */
export function readScoringInput(contentType: string | undefined, body: Uint8Array): ScoringInput {
  const kind = readContentType(contentType);
  const text = decodeUtf8(body);
  if (kind === 'text/csv')
    return { texts: textColumn(csvTable(text)), parameters: readParameters(undefined) };
  const value = parseJson(text);
  if (!isDictionary(value)) {
    throw badRequest('Invalid input. The body must be a JSON dictionary, not a list or a single value.');
  }
  const present = fields.filter((name) => Object.hasOwn(value, name));
  const [field] = present;
  if (field === undefined || present.length > 1) {
    throw badRequest(
      `The input must be a JSON dictionary with exactly one of the input fields ${fields.join(', ')}; it has ${
        present.length === 0 ? 'none' : present.join(' and ')
      }.`,
    );
  }
  const parameters = readParameters(Object.hasOwn(value, 'params') ? value['params'] : undefined);
  return { texts: readField(field, value[field]), parameters };
}

function readField(field: (typeof fields)[number], value: unknown): string[] {
  if (field === 'dataframe_split') return textColumn(splitTable(value));
  if (field === 'dataframe_records') {
    if (!Array.isArray(value))
      throw badRequest('Invalid input. dataframe_records must be a list of records.');
    return value.map((record, row) => recordText(record, row));
  }
  if (field === 'instances') {
    if (!Array.isArray(value)) throw badRequest('Invalid input. instances must be a list.');
    return value.map((instance, row) =>
      isDictionary(instance) ? recordText(instance, row) : cell(instance, row),
    );
  }
  return readInputs(value);
}

/** `inputs` is the loosest: a column by name, a list of texts, a list of records, or one text. */
function readInputs(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (Array.isArray(value)) {
    return value.map((entry, row) => (isDictionary(entry) ? recordText(entry, row) : cell(entry, row)));
  }
  if (!isDictionary(value))
    throw badRequest('Invalid input. inputs must be a dictionary, a list or a string.');
  requireText(Object.keys(value));
  const column = value['text'];
  return Array.isArray(column) ? column.map((entry, row) => cell(entry, row)) : [cell(column, 0)];
}

function splitTable(value: unknown): Table {
  if (!isDictionary(value) || !Array.isArray(value['data'])) {
    throw badRequest('Invalid input. dataframe_split must hold the lists columns and data.');
  }
  const columns: unknown = value['columns'];
  const rows: readonly unknown[] = value['data'];
  if (!Array.isArray(columns) || !columns.every((name) => typeof name === 'string')) {
    throw badRequest('Invalid input. columns of dataframe_split must be a list of names.');
  }
  return {
    columns,
    rows: rows.map((row, number) => {
      if (Array.isArray(row) && row.length === columns.length) return row as readonly unknown[];
      throw badRequest(
        `Invalid input. Row ${String(number)} of dataframe_split does not have ${String(columns.length)} values.`,
      );
    }),
  };
}

function csvTable(text: string): Table {
  const [columns, ...rows] = parseCsv(text);
  if (columns === undefined)
    throw badRequest('Invalid input. The CSV body is empty; it needs a header line.');
  const wrong = rows.findIndex((row) => row.length !== columns.length);
  if (wrong >= 0) {
    throw badRequest(
      `Invalid input. Record ${String(wrong + 1)} of the CSV body has ${String(rows[wrong]?.length)} fields, its header has ${String(columns.length)}.`,
    );
  }
  return { columns, rows };
}

function textColumn(table: Table): string[] {
  requireText(table.columns);
  const column = table.columns.indexOf('text');
  return table.rows.map((row, number) => cell(row[column], number));
}

function recordText(record: unknown, row: number): string {
  if (!isDictionary(record)) throw badRequest(`Invalid input. Record ${String(row)} is not a dictionary.`);
  requireText(Object.keys(record));
  return cell(record['text'], row);
}

/** Extra columns are counted and not named: a client that swaps keys and values would see a note come back. */
function requireText(columns: readonly string[]): void {
  if (columns.includes('text')) return;
  const extra = columns.length === 0 ? '' : ` There were ${String(columns.length)} other inputs.`;
  throw invalidValue(`Failed to enforce schema of the input: the model is missing inputs ['text'].${extra}`);
}

function cell(value: unknown, row: number): string {
  if (typeof value === 'string') return value;
  const found =
    value === null || value === undefined ? 'nothing' : Array.isArray(value) ? 'a list' : `a ${typeof value}`;
  throw invalidValue(
    `Failed to enforce schema of the input: text must be a string; row ${String(row)} holds ${found}.`,
  );
}

function readContentType(header: string | undefined): 'application/json' | 'text/csv' {
  const [kind = '', ...parameters] = (header ?? '').split(';').map((part) => part.trim().toLowerCase());
  if (kind !== 'application/json' && kind !== 'text/csv') {
    throw new ScoringError(
      415,
      'BAD_REQUEST',
      'This endpoint takes the content types application/json and text/csv only.',
    );
  }
  for (const parameter of parameters) {
    const [name = '', value = ''] = parameter.split('=').map((part) => part.trim().replaceAll('"', ''));
    if (name === 'charset' && value !== 'utf-8' && value !== 'utf8') {
      throw new ScoringError(415, 'BAD_REQUEST', 'The body must be UTF-8; no other charset is understood.');
    }
    if (name === 'format') {
      throw new ScoringError(
        415,
        'BAD_REQUEST',
        'The content type parameter format is not understood; name the format by the field of the body.',
      );
    }
  }
  return kind;
}

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

function decodeUtf8(body: Uint8Array): string {
  try {
    return decoder.decode(body);
  } catch {
    throw badRequest('Invalid input. The body is not valid UTF-8.');
  }
}

/** The parser's own message quotes the body, so it is dropped. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw badRequest('Invalid input. The body is not valid JSON.');
  }
}

function isDictionary(value: unknown): value is Dictionary {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
