import { randomBytes, timingSafeEqual } from 'node:crypto';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import type { Socket } from 'node:net';
import { createConnection, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { MedspanError } from '../api/errors.ts';
import type { LockHolder } from '../storage/lock.ts';
import type { Transport } from './transport.ts';

/**
 * How the command line reaches a running engine: a local socket (a named pipe on Windows) in a folder of this
 * user's own, and a token that stands in the workspace's lock file. One JSON message a line. This is the one file
 * of the engine that uses a network module, and it never opens a port.
 */
export interface AttachPoint {
  readonly socket: string;
  readonly token: string;
  close(): void;
}

const longestLine = 64 * 1024 * 1024;
const helloMilliseconds = 5000;
const folderPrefix = 'medspan-attach-';

export function openAttachPoint(serve: (client: Transport) => void): Promise<AttachPoint> {
  const token = randomBytes(32).toString('hex');
  const folder = process.platform === 'win32' ? null : mkdtempSync(join(tmpdir(), folderPrefix));
  const socket =
    folder === null ? `\\\\.\\pipe\\medspan-${randomBytes(16).toString('hex')}` : join(folder, 'engine.sock');
  const clients = new Set<Socket>();
  const server = createServer((client) => {
    clients.add(client);
    client.on('close', () => clients.delete(client));
    client.on('error', () => client.destroy());
    greet(client, token, serve);
  });

  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(socket, () => {
      if (folder !== null) chmodSync(socket, 0o600);
      server.unref();
      resolve({
        socket,
        token,
        close() {
          server.close();
          for (const client of clients) client.destroy();
          if (folder !== null) rmSync(folder, { recursive: true, force: true });
        },
      });
    });
  });
}

/** Clears away what an engine that was killed could not. Only a folder of ours is ever removed. */
export function removeAbandoned(socket: string | null): void {
  if (socket === null || process.platform === 'win32') return;
  const folder = dirname(socket);
  if (dirname(folder) !== tmpdir() || !basename(folder).startsWith(folderPrefix)) return;
  rmSync(folder, { recursive: true, force: true });
}

/** Joins the engine that holds a workspace. Errors: WORKSPACE_LOCKED where it cannot be reached. */
export function attach(path: string, holder: LockHolder): Promise<Transport> {
  return new Promise((resolve, reject) => {
    const refuse = (): void => {
      reject(
        new MedspanError(
          'WORKSPACE_LOCKED',
          `“${path}” is open in another Medspan (process ${String(holder.pid)} on “${holder.host}”) that cannot be reached from here. Close it there and try again.`,
          { path, pid: holder.pid, host: holder.host },
        ),
      );
    };
    if (holder.socket === null) {
      refuse();
      return;
    }
    const client = createConnection(holder.socket);
    client.once('error', refuse);
    client.once('close', refuse);
    client.once('connect', () => {
      const transport = lineTransport(client);
      transport.onMessage((message) => {
        if (isKind(message, 'welcome')) resolve(transport);
      });
      transport.post({ kind: 'hello', token: holder.token });
    });
  });
}

function greet(client: Socket, token: string, serve: (client: Transport) => void): void {
  const timer = setTimeout(() => client.destroy(), helloMilliseconds).unref();
  let greeted = false;
  const transport = lineTransport(client);
  const listeners: ((message: unknown) => void)[] = [];
  transport.onMessage((message) => {
    if (greeted) {
      for (const listener of listeners) listener(message);
      return;
    }
    clearTimeout(timer);
    if (!isKind(message, 'hello') || !sameToken(message, token)) {
      client.destroy();
      return;
    }
    greeted = true;
    transport.post({ kind: 'welcome' });
    serve({ ...transport, onMessage: (listener) => void listeners.push(listener) });
  });
}

function isKind(message: unknown, kind: string): message is { readonly kind: string } {
  return typeof message === 'object' && message !== null && 'kind' in message && message.kind === kind;
}

function sameToken(message: object, token: string): boolean {
  const shown = 'token' in message && typeof message.token === 'string' ? message.token : '';
  const [one, other] = [Buffer.from(shown), Buffer.from(token)];
  return one.length === other.length && timingSafeEqual(one, other);
}

function lineTransport(socket: Socket): Transport {
  const listeners: ((message: unknown) => void)[] = [];
  let pieces: Buffer[] = [];
  let length = 0;
  socket.on('data', (chunk: Buffer) => {
    let start = 0;
    for (let end = chunk.indexOf(10); end >= 0; end = chunk.indexOf(10, start)) {
      pieces.push(chunk.subarray(start, end));
      receive(Buffer.concat(pieces).toString('utf8'));
      pieces = [];
      length = 0;
      start = end + 1;
    }
    pieces.push(chunk.subarray(start));
    length += chunk.length - start;
    if (length > longestLine) socket.destroy();
  });

  function receive(line: string): void {
    let message: unknown;
    try {
      message = JSON.parse(line);
    } catch {
      socket.destroy();
      return;
    }
    for (const listener of listeners) listener(message);
  }

  return {
    post(message) {
      if (!socket.destroyed) socket.write(`${JSON.stringify(message, plain)}\n`);
    },
    onMessage: (listener) => void listeners.push(listener),
    onClose: (listener) => void socket.on('close', listener),
    close: () => void socket.end(),
  };
}

/** Typed arrays become lists: the command line prints JSON. */
function plain(_key: string, value: unknown): unknown {
  return ArrayBuffer.isView(value) && !(value instanceof DataView)
    ? Array.from(value as unknown as ArrayLike<number>)
    : value;
}
