import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { existsSync, statSync } from 'node:fs';
import { createConnection } from 'node:net';
import { dirname } from 'node:path';
import type { AttachPoint } from './attach.ts';
import { attach, openAttachPoint, removeAbandoned } from './attach.ts';
import type { Transport } from './transport.ts';

let point: AttachPoint;
let served: unknown[];
beforeEach(async () => {
  served = [];
  point = await openAttachPoint((client) => {
    client.onMessage((message) => {
      served.push(message);
      client.post({ echo: message, numbers: new Float32Array([1, 2]) });
    });
  });
});
afterEach(() => point.close());

const holder = (token: string) => ({
  pid: 1,
  host: 'here',
  startedAt: 0,
  processStart: null,
  socket: point.socket,
  token,
});
const next = (transport: Transport): Promise<unknown> =>
  new Promise((resolve) => transport.onMessage(resolve));

describe('attaching to a running engine', () => {
  it('needs the token, then passes messages of any size', async () => {
    const transport = await attach('p', holder(point.token));
    const long = 'é😀\n'.repeat(200_000);
    const answer = next(transport);
    transport.post({ text: long });
    expect(await answer).toEqual({ echo: { text: long }, numbers: [1, 2] });
    transport.close();
  });

  it('turns away a wrong token, and noise, without serving a byte', async () => {
    await expect(attach('p', holder('0'.repeat(64)))).rejects.toMatchObject({ code: 'WORKSPACE_LOCKED' });
    for (const noise of [
      'GET / HTTP/1.1\r\n\r\n',
      '{"kind":"call","id":1,"method":"corpus.list"}\n',
      '[]\n',
      '\u0000\n',
    ]) {
      await new Promise<void>((resolve) => {
        const socket = createConnection(point.socket, () => socket.write(noise));
        socket.on('close', () => resolve());
        socket.on('error', () => undefined);
      });
    }
    expect(served).toEqual([]);
  });

  it('says that nobody answers where the socket is gone', async () => {
    const gone = holder(point.token);
    point.close();
    await expect(attach('p', gone)).rejects.toMatchObject({ code: 'WORKSPACE_LOCKED' });
    await expect(attach('p', { ...gone, socket: null })).rejects.toMatchObject({ code: 'WORKSPACE_LOCKED' });
  });

  it('listens where only this user can reach it, and leaves nothing behind', () => {
    if (process.platform === 'win32') return;
    expect(statSync(dirname(point.socket)).mode & 0o777).toBe(0o700);
    point.close();
    expect(existsSync(dirname(point.socket))).toBe(false);
  });

  it('clears away what a killed engine left, and no folder of anybody else', () => {
    removeAbandoned(point.socket);
    expect(existsSync(dirname(point.socket))).toBe(process.platform === 'win32');
    removeAbandoned('/etc/hosts');
    expect(existsSync('/etc')).toBe(true);
    removeAbandoned(null);
  });
});
