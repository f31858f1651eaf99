import { timingSafeEqual, createHash } from 'node:crypto';
import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { predictAll } from './predict.ts';
import type { PredictOptions } from './predict.ts';
import { readBody } from './request-body.ts';
import { readScoringInput } from './scoring-input.ts';
import { ScoringError } from './scoring-error.ts';

export interface ScoringServerOptions extends PredictOptions {
  /** What `GET /version` says. */
  readonly version: string;
  readonly maxBytes: number;
  readonly timeoutMs: number;
  /** When set, every request must bring it as `Authorization: Bearer …`. */
  readonly token: string | null;
  /** Told of defects; never given note text. */
  readonly report: (error: unknown) => void;
}

/**
 * A server that speaks the MLflow scoring protocol: `GET /ping`, `/health`, `/version`, `POST /invocations`.
 * Unlike the original it never puts a stack trace or a part of the request into an answer to a failure.
 */
export function createScoringServer(options: ScoringServerOptions): Server {
  const server = createServer((request, response) => {
    void answer(request, response, options);
  });
  // A client that dribbles its body must not hold a connection for ever.
  server.requestTimeout = options.timeoutMs;
  server.headersTimeout = Math.min(options.timeoutMs, 15_000);
  server.on('clientError', (_error, socket) => {
    if (socket.writable)
      socket.end('HTTP/1.1 400 Bad Request\r\nconnection: close\r\ncontent-length: 0\r\n\r\n');
  });
  return server;
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  options: ScoringServerOptions,
): Promise<void> {
  try {
    checkToken(request, options.token);
    const route = (request.url ?? '/').split('?', 1)[0] ?? '/';
    if (route === '/invocations') return await invocations(request, response, options);
    if (route === '/ping' || route === '/health') return get(request, response, '\n', options);
    if (route === '/version') return get(request, response, options.version, options);
    throw new ScoringError(
      404,
      'ENDPOINT_NOT_FOUND',
      'There is no such endpoint. This server answers /ping, /health, /version and /invocations.',
    );
  } catch (error) {
    refuse(request, response, error, options);
  }
}

function get(
  request: IncomingMessage,
  response: ServerResponse,
  body: string,
  options: ScoringServerOptions,
): void {
  if (request.method !== 'GET' && request.method !== 'HEAD') throw wrongMethod(response, 'GET, HEAD');
  request.resume();
  send(response, 200, 'application/json', body, options);
}

async function invocations(
  request: IncomingMessage,
  response: ServerResponse,
  options: ScoringServerOptions,
): Promise<void> {
  if (request.method !== 'POST') throw wrongMethod(response, 'POST');
  const deadline = performance.now() + options.timeoutMs;
  const body = await readBody(request, options.maxBytes);
  const input = readScoringInput(request.headers['content-type'], body);
  const predictions = await predictAll(input, options, deadline);
  send(response, 200, 'application/json', JSON.stringify({ predictions }), options);
}

function refuse(
  request: IncomingMessage,
  response: ServerResponse,
  error: unknown,
  options: ScoringServerOptions,
): void {
  const known =
    error instanceof ScoringError
      ? error
      : new ScoringError(
          500,
          'INTERNAL_ERROR',
          'The prediction failed or could not be logged; see the server.',
        );
  if (known !== error) options.report(error);
  if (response.headersSent || response.destroyed) return;
  if (!request.complete) {
    // The rest is read and dropped: a client that is still sending would otherwise see a reset and no answer.
    response.setHeader('connection', 'close');
    request.resume();
  }
  if (known.status === 415) return send(response, 415, 'text/plain', `${known.message}\n`, options);
  const body = JSON.stringify({ error_code: known.code, message: known.message });
  send(response, known.status, 'application/json', body, options);
}

function send(
  response: ServerResponse,
  status: number,
  type: string,
  body: string,
  options: ScoringServerOptions,
): void {
  response.writeHead(status, {
    'content-type': type,
    'content-length': Buffer.byteLength(body),
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    'x-model-version': options.modelVersion,
  });
  response.end(body);
}

function wrongMethod(response: ServerResponse, allowed: string): ScoringError {
  response.setHeader('allow', allowed);
  return new ScoringError(405, 'BAD_REQUEST', `This endpoint answers ${allowed} only.`);
}

function checkToken(request: IncomingMessage, token: string | null): void {
  if (token === null) return;
  const given = /^Bearer (.+)$/i.exec(request.headers.authorization ?? '')?.[1] ?? '';
  // Equal length for every input, so that the comparison takes the same time whatever was guessed.
  const digest = (value: string): Buffer => createHash('sha256').update(value).digest();
  if (!timingSafeEqual(digest(given), digest(token))) {
    throw new ScoringError(401, 'UNAUTHENTICATED', 'This server asks for its bearer token.');
  }
}
