import { afterEach, describe, expect, it, vi } from 'vitest';
import type { EngineProcessState } from '../../workers/api/desktop.ts';
import { MedspanError } from '../../workers/api/errors.ts';
import type { ClientMessage, EngineMessage } from '../../workers/api/wire.ts';
import type { Port } from './connection.ts';
import { EngineConnection } from './connection.ts';

/** The other end of real message channels: an engine that can be started and ended. */
class Ends {
  readonly received: ClientMessage[] = [];
  ports: MessagePort[] = [];
  asked = 0;
  #arrived: (port: Port) => void = () => undefined;
  #told: (state: EngineProcessState) => void = () => undefined;

  readonly source = {
    onPort: (arrived: (port: Port) => void) => {
      this.#arrived = arrived;
      return () => {
        this.asked += 1;
      };
    },
    onEngineState: (listener: (state: EngineProcessState) => void) => {
      this.#told = listener;
      return () => undefined;
    },
  };

  tell(state: EngineProcessState): void {
    this.#told(state);
  }

  deliver(): void {
    const { port1, port2 } = new MessageChannel();
    port1.addEventListener('message', (event) => this.received.push(event.data as ClientMessage));
    port1.start();
    this.ports.push(port1);
    this.#arrived(port2);
  }

  reply(message: EngineMessage): void {
    this.ports.at(-1)?.postMessage(message);
  }

  close(): void {
    for (const port of this.ports) port.close();
  }
}

let ends: Ends;
const connect = (): EngineConnection => {
  ends = new Ends();
  return new EngineConnection(ends.source);
};
const received = (count: number) => vi.waitFor(() => expect(ends.received).toHaveLength(count));

afterEach(() => ends.close());

describe('the connection to the engine', () => {
  it('lets early calls wait for the port and pairs answers with calls', async () => {
    const connection = connect();
    const first = connection.call('corpus.list', {});
    const second = connection.call('corpus.note', { noteId: 1 });
    ends.tell('up');
    expect(ends.asked).toBe(1);
    ends.deliver();
    await received(2);
    expect(connection.state).toBe('connected');
    ends.reply({ kind: 'reply', id: 2, ok: true, output: 'note' });
    ends.reply({ kind: 'reply', id: 1, ok: false, error: { code: 'NOT_FOUND', message: 'gone' } });
    await expect(second).resolves.toBe('note');
    await expect(first).rejects.toMatchObject({ code: 'NOT_FOUND', message: 'gone' });
  });

  it('fails what is under way when the engine ends, repeats nothing, and comes back', async () => {
    const connection = connect();
    ends.tell('up');
    ends.deliver();
    const states: string[] = [];
    connection.onState(() => states.push(connection.state));
    const write = connection.call('annotation.addSpan', {});
    await received(1);
    ends.tell('down');
    await expect(write).rejects.toMatchObject({ code: 'ENGINE_DOWN' });
    await expect(connection.call('corpus.list', {})).rejects.toBeInstanceOf(MedspanError);
    ends.tell('starting');
    ends.tell('up');
    expect(ends.asked).toBe(2);
    ends.deliver();
    const read = connection.call('corpus.list', {});
    await received(2);
    expect(ends.received.map((message) => message.kind === 'call' && message.method)).toEqual([
      'annotation.addSpan',
      'corpus.list',
    ]);
    ends.reply({ kind: 'reply', id: 2, ok: true, output: [] });
    await expect(read).resolves.toEqual([]);
    expect(states).toEqual(['down', 'connected']);
  });

  it('notices a port that closes before anybody says that the engine is down', async () => {
    const connection = connect();
    ends.tell('up');
    ends.deliver();
    const call = connection.call('corpus.list', {});
    await received(1);
    ends.close();
    await expect(call).rejects.toMatchObject({ code: 'ENGINE_DOWN' });
    expect(connection.state).toBe('down');
  });

  it('tells the engine of a cancelled call and ignores its late answer', async () => {
    const connection = connect();
    ends.tell('up');
    ends.deliver();
    const controller = new AbortController();
    const call = connection.call('corpus.previewImport', {}, controller.signal);
    await received(1);
    controller.abort();
    await expect(call).rejects.toMatchObject({ code: 'CANCELLED' });
    await received(2);
    expect(ends.received[1]).toEqual({ kind: 'cancel', id: 1 });
    ends.reply({ kind: 'reply', id: 1, ok: true, output: 'late' });
    await expect(connection.call('x.y', {}, controller.signal)).rejects.toMatchObject({ code: 'CANCELLED' });
  });

  it('hands events to every listener until it stops', async () => {
    const connection = connect();
    ends.tell('up');
    ends.deliver();
    const heard: number[] = [];
    const stop = connection.onEvent(
      (event) => event.name === 'workspace.saved' && heard.push(event.payload.at),
    );
    ends.reply({ kind: 'event', event: { name: 'workspace.saved', payload: { at: 5 } } });
    await vi.waitFor(() => expect(heard).toEqual([5]));
    stop();
    const call = connection.call('corpus.list', {});
    await received(1);
    ends.reply({ kind: 'event', event: { name: 'workspace.saved', payload: { at: 6 } } });
    ends.reply({ kind: 'reply', id: 1, ok: true, output: null });
    await call;
    expect(heard).toEqual([5]);
  });
});
