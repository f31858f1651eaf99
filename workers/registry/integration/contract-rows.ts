import type { LoopbackAnswer, LoopbackRequest } from './loopback.ts';

/** One row of the scoring contract: a request, and what must come back. */
export interface ContractRow {
  readonly name: string;
  readonly request: LoopbackRequest;
  /** What is wrong with the answer, or null. */
  readonly check: (answer: LoopbackAnswer) => string | null;
}

/** Stands in every request that must fail, and must never come back. */
export const sentinel = 'Zyxomma petiolatum';

const json = { 'content-type': 'application/json' };

const post = (body: unknown, headers: Readonly<Record<string, string>> = json): LoopbackRequest => ({
  method: 'POST',
  path: '/invocations',
  headers,
  body: typeof body === 'string' || body instanceof Uint8Array ? body : JSON.stringify(body),
});

function text(status: number, body: string): ContractRow['check'] {
  return (answer) => (answer.status === status && answer.body === body ? null : said(answer));
}

function predictions(count: number): ContractRow['check'] {
  return (answer) => {
    if (answer.status !== 200 || !answer.type.startsWith('application/json')) return said(answer);
    const list = (parse(answer.body) as { predictions?: unknown } | null)?.predictions;
    return Array.isArray(list) && list.length === count && list.every(isPrediction)
      ? null
      : 'not the predictions asked for';
  };
}

function isPrediction(value: unknown): boolean {
  return Array.isArray((value as { entities?: unknown } | null)?.entities);
}

function refusal(status: number, code: string): ContractRow['check'] {
  return (answer) => {
    if (answer.body.includes(sentinel) || answer.body.includes('stack'))
      return 'the answer gives text of the request away';
    if (answer.status !== status) return said(answer);
    if (status === 415) return answer.type.startsWith('text/plain') ? null : said(answer);
    return (parse(answer.body) as { error_code?: unknown } | null)?.error_code === code ? null : said(answer);
  };
}

function said(answer: LoopbackAnswer): string {
  return `answered ${String(answer.status)} ${answer.type}`;
}

function parse(body: string): unknown {
  try {
    return JSON.parse(body) as unknown;
  } catch {
    return null;
  }
}

/** Every row of the scoring contract. `version` is what `GET /version` must say. */
export function contractRows(version: string): readonly ContractRow[] {
  const note = 'Treated with aspirin for asthma.';
  const bad = `${sentinel} has flu`;
  return [
    { name: 'GET /ping', request: { method: 'GET', path: '/ping' }, check: text(200, '\n') },
    { name: 'GET /health', request: { method: 'GET', path: '/health' }, check: text(200, '\n') },
    { name: 'GET /version', request: { method: 'GET', path: '/version' }, check: text(200, version) },
    {
      name: 'dataframe_split with params',
      request: post({
        dataframe_split: { columns: ['text'], index: [0], data: [[note]] },
        params: { min_prob: 0.5, unknown: true },
      }),
      check: predictions(1),
    },
    {
      name: 'dataframe_split with more columns',
      request: post({
        dataframe_split: {
          columns: ['site', 'text'],
          data: [
            ['a', note],
            ['b', note],
          ],
        },
      }),
      check: predictions(2),
    },
    {
      name: 'dataframe_records',
      request: post({ dataframe_records: [{ text: note }] }),
      check: predictions(1),
    },
    { name: 'instances of texts', request: post({ instances: [note, ''] }), check: predictions(2) },
    { name: 'instances of records', request: post({ instances: [{ text: note }] }), check: predictions(1) },
    { name: 'inputs by column', request: post({ inputs: { text: [note, note] } }), check: predictions(2) },
    { name: 'inputs of texts', request: post({ inputs: [note] }), check: predictions(1) },
    { name: 'inputs of records', request: post({ inputs: [{ text: note }] }), check: predictions(1) },
    { name: 'no rows', request: post({ instances: [] }), check: predictions(0) },
    {
      name: 'text/csv',
      request: post('text\nabc\n"a, ""b""\nc"\n', { 'content-type': 'text/csv' }),
      check: predictions(2),
    },
    {
      name: 'charset=utf-8',
      request: post({ instances: [note] }, { 'content-type': 'application/json; charset=utf-8' }),
      check: predictions(1),
    },
    {
      name: 'two of the four fields',
      request: post({ instances: [bad], inputs: [bad] }),
      check: refusal(400, 'BAD_REQUEST'),
    },
    { name: 'none of the four fields', request: post({ text: bad }), check: refusal(400, 'BAD_REQUEST') },
    { name: 'a list as body', request: post([bad]), check: refusal(400, 'BAD_REQUEST') },
    { name: 'bad JSON', request: post(`{"instances": ["${bad}"`), check: refusal(400, 'BAD_REQUEST') },
    { name: 'an empty body', request: post(''), check: refusal(400, 'BAD_REQUEST') },
    {
      name: 'bytes that are not UTF-8',
      request: post(Uint8Array.of(0x22, 0xff, 0xfe, 0x22)),
      check: refusal(400, 'BAD_REQUEST'),
    },
    {
      name: 'missing column',
      request: post({ dataframe_split: { columns: [sentinel], data: [[bad]] } }),
      check: refusal(400, 'INVALID_PARAMETER_VALUE'),
    },
    {
      name: 'missing column in records',
      request: post({ instances: [{ [bad]: bad }] }),
      check: refusal(400, 'INVALID_PARAMETER_VALUE'),
    },
    {
      name: 'text is a number',
      request: post({ inputs: [7] }),
      check: refusal(400, 'INVALID_PARAMETER_VALUE'),
    },
    {
      name: 'text is null',
      request: post({ inputs: { text: [null] } }),
      check: refusal(400, 'INVALID_PARAMETER_VALUE'),
    },
    {
      name: 'a row of the wrong length',
      request: post({ dataframe_split: { columns: ['text'], data: [[bad, bad]] } }),
      check: refusal(400, 'BAD_REQUEST'),
    },
    {
      name: 'parameter of the wrong type',
      request: post({ instances: [bad], params: { min_prob: bad } }),
      check: refusal(400, 'INVALID_PARAMETER_VALUE'),
    },
    {
      name: 'another content type',
      request: post(bad, { 'content-type': 'text/plain' }),
      check: refusal(415, ''),
    },
    { name: 'no content type', request: post(bad, {}), check: refusal(415, '') },
    {
      name: 'another charset',
      request: post({ instances: [bad] }, { 'content-type': 'application/json; charset=latin-1' }),
      check: refusal(415, ''),
    },
    {
      name: 'format=pandas-split',
      request: post(
        { columns: ['text'], data: [[bad]] },
        { 'content-type': 'application/json; format=pandas-split' },
      ),
      check: refusal(415, ''),
    },
    {
      name: 'a body over the limit',
      request: post({ instances: ['x'.repeat(1_100_000), bad] }),
      check: refusal(413, 'REQUEST_LIMIT_EXCEEDED'),
    },
    {
      name: 'GET /invocations',
      request: { method: 'GET', path: '/invocations' },
      check: refusal(405, 'BAD_REQUEST'),
    },
    {
      name: 'an unknown path',
      request: { method: 'GET', path: `/notes?text=${encodeURIComponent(bad)}` },
      check: refusal(404, 'ENDPOINT_NOT_FOUND'),
    },
  ];
}

/** The limit that the gate starts its server with, so that the row on size has something to cross. */
export const contractMaxBytes = 1_000_000;
