import type { ChildProcess } from 'node:child_process';
import type { MessagePort, Worker } from 'node:worker_threads';

/** Two ends that pass plain data, whatever lies between them: an Electron port, a process or a thread. */
export interface Transport {
  post(message: unknown): void;
  onMessage(listener: (message: unknown) => void): void;
  /** Called once, when the other end is gone. */
  onClose(listener: () => void): void;
  close(): void;
}

/** The part of Electron's MessagePortMain that we use. */
export interface ElectronPort {
  postMessage(message: unknown): void;
  on(event: 'message', listener: (event: { readonly data: unknown }) => void): unknown;
  on(event: 'close', listener: () => void): unknown;
  start(): void;
  close(): void;
}

export function electronPortTransport(port: ElectronPort): Transport {
  return {
    post: (message) => port.postMessage(message),
    onMessage(listener) {
      port.on('message', (event) => listener(event.data));
      port.start();
    },
    onClose(listener) {
      port.on('close', listener);
    },
    close: () => port.close(),
  };
}

/** A child process with an IPC channel of advanced serialisation, so that typed arrays pass as they are. */
export function childTransport(child: ChildProcess): Transport {
  return {
    post(message) {
      // A channel that is closing reports through onClose; there is nobody to tell here.
      if (child.connected) child.send(message as object, () => undefined);
    },
    onMessage(listener) {
      child.on('message', listener);
    },
    onClose(listener) {
      let told = false;
      const tell = (): void => {
        if (told) return;
        told = true;
        listener();
      };
      child.on('exit', tell);
      child.on('error', tell);
      child.on('disconnect', tell);
    },
    close() {
      if (child.connected) child.disconnect();
    },
  };
}

/** The parent's side of `childTransport`, seen from within the child. */
export function parentTransport(): Transport {
  return {
    post(message) {
      if (process.connected) process.send?.(message, undefined, undefined, () => undefined);
    },
    onMessage(listener) {
      process.on('message', listener);
    },
    onClose(listener) {
      process.on('disconnect', listener);
    },
    close() {
      if (process.connected) process.disconnect();
    },
  };
}

export function threadTransport(thread: Worker | MessagePort): Transport {
  return {
    post: (message) => thread.postMessage(message),
    onMessage(listener) {
      thread.on('message', listener);
    },
    onClose(listener) {
      if ('threadId' in thread) {
        thread.on('exit', listener);
        // Without a listener an error in a thread would end the process; 'exit' follows it.
        thread.on('error', () => undefined);
      } else {
        thread.on('close', listener);
      }
    },
    close() {
      if ('threadId' in thread) void thread.terminate();
      else thread.close();
    },
  };
}

/** Two joined ends within one process. Messages are cloned and arrive in a later turn, as they would from afar. */
export function transportPair(): readonly [Transport, Transport] {
  const ends = [createEnd(), createEnd()] as const;
  function createEnd() {
    return { message: [] as ((message: unknown) => void)[], close: [] as (() => void)[] };
  }
  let open = true;
  function end(own: 0 | 1): Transport {
    const other = ends[own === 0 ? 1 : 0];
    return {
      post(message) {
        const copy = structuredClone(message);
        setImmediate(() => {
          if (open) for (const listener of other.message) listener(copy);
        });
      },
      onMessage(listener) {
        ends[own].message.push(listener);
      },
      onClose(listener) {
        ends[own].close.push(listener);
      },
      close() {
        if (!open) return;
        open = false;
        for (const listener of [...ends[0].close, ...ends[1].close]) listener();
      },
    };
  }
  return [end(0), end(1)];
}
