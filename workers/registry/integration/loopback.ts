import { Agent, request as httpRequest } from 'node:http';

/** A request of the gates to a server that they started themselves on this machine. */
export interface LoopbackRequest {
  readonly method: string;
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
}

export interface LoopbackAnswer {
  readonly status: number;
  readonly type: string;
  readonly body: string;
  readonly ms: number;
}

/** Asks a server on the loopback address. Refuses any other: the gates send test notes. */
export function createLoopback(server: URL) {
  if (server.hostname !== '127.0.0.1') throw new Error('the gates talk to this machine only');
  const agent = new Agent({ keepAlive: true });
  return {
    ask: (request: LoopbackRequest) => ask(server, agent, request),
    close: () => agent.destroy(),
  };
}

function ask(server: URL, agent: Agent, request: LoopbackRequest): Promise<LoopbackAnswer> {
  return new Promise((resolve, reject) => {
    const started = performance.now();
    const body = request.body === undefined ? undefined : Buffer.from(request.body);
    const call = httpRequest(
      {
        host: server.hostname,
        port: server.port,
        method: request.method,
        path: request.path,
        agent,
        headers: { ...request.headers, ...(body === undefined ? {} : { 'content-length': body.length }) },
        timeout: 30_000,
      },
      (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.once('end', () =>
          resolve({
            status: response.statusCode ?? 0,
            type: String(response.headers['content-type'] ?? ''),
            body: Buffer.concat(chunks).toString('utf8'),
            ms: performance.now() - started,
          }),
        );
        response.once('error', reject);
      },
    );
    call.once('timeout', () => call.destroy(new Error('no answer within 30 s')));
    call.once('error', reject);
    call.end(body);
  });
}
