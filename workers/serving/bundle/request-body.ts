import type { IncomingMessage } from 'node:http';
import { badRequest, ScoringError } from './scoring-error.ts';

/** Reads a request's body, refusing one that is too large as soon as that is known. */
export function readBody(request: IncomingMessage, limit: number): Promise<Buffer> {
  const announced = Number(request.headers['content-length'] ?? 0);
  if (announced > limit) return Promise.reject(tooLarge(limit));
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    request.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size > limit) {
        request.removeAllListeners('data');
        chunks.length = 0;
        reject(tooLarge(limit));
        return;
      }
      chunks.push(chunk);
    });
    request.once('end', () => resolve(Buffer.concat(chunks)));
    request.once('error', () => reject(badRequest('The request ended before its body was complete.')));
    request.once('aborted', () => reject(badRequest('The request ended before its body was complete.')));
  });
}

function tooLarge(limit: number): ScoringError {
  return new ScoringError(
    413,
    'REQUEST_LIMIT_EXCEEDED',
    `The body is larger than ${String(limit)} bytes. Send fewer notes in one request, or start the server with a larger --max-bytes.`,
  );
}
