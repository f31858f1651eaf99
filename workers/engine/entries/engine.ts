import { MedspanError } from '../../api/errors.ts';
import { createComputePool } from '../compute-pool.ts';
import { createEngine } from '../engine.ts';
import { forkCompute } from '../fork-compute.ts';
import { openLogFile } from '../log-file.ts';
import { silentLog } from '../log.ts';
import { fillSample } from './sample.ts';
import { threadCount } from '../thread-count.ts';
import type { Transport } from '../transport.ts';
import { electronPortTransport } from '../transport.ts';
import { electronParent } from './electron-parent.ts';

/**
 * The engine process. Its parent (Electron's main process, a test or the command line) sends
 * `{kind:'compute'}` and `{kind:'client'}` with a port, `{kind:'call', id, method, input}`, and
 * `{kind:'shutdown'}`, which is answered by `{kind:'closed'}` once the workspace is closed.
 */
interface ParentMessage {
  readonly kind: 'compute' | 'client' | 'call' | 'shutdown';
  readonly id?: number;
  readonly method?: string;
  readonly input?: unknown;
}

const here = import.meta.url;
const logs = process.env['MEDSPAN_LOGS'];
const log = logs === undefined ? silentLog : openLogFile({ folder: logs, name: 'engine' });
const systemUser = process.env['MEDSPAN_SYSTEM_USER'];

let computePort: Transport | null = null;
let portArrived: ((port: Transport) => void) | null = null;

/** In Electron the main process starts compute, and starts it anew when it died. */
function awaitComputePort(): Promise<Transport> {
  if (computePort !== null) {
    const port = computePort;
    computePort = null;
    return Promise.resolve(port);
  }
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      portArrived = null;
      reject(
        new MedspanError(
          'COMPUTE_DOWN',
          'The compute process does not start. Restart Medspan; nothing is lost.',
        ),
      );
    }, 20_000);
    portArrived = (port) => {
      clearTimeout(timer);
      portArrived = null;
      resolve(port);
    };
  });
}

/** In plain Node the engine starts compute itself. */
const computeEntry = new URL(here.endsWith('.ts') ? './compute.ts' : './compute.js', here);

const engine = createEngine({
  log,
  fillSample: ({ services }) => fillSample(services),
  ...(systemUser === undefined ? {} : { systemUser }),
  compute: (workspace) =>
    createComputePool({
      size: threadCount(),
      log,
      workspace,
      connect: electronParent === null ? () => forkCompute(computeEntry) : awaitComputePort,
    }),
});

function send(message: unknown): void {
  if (electronParent !== null) electronParent.postMessage(message);
  else if (process.connected) process.send?.(message, undefined, undefined, () => undefined);
}

engine.onEvent((event) => {
  if (electronParent !== null && event.name !== 'workspace.changed' && event.name !== 'workspace.saved')
    return;
  send({ kind: 'event', event });
});

async function receive(message: ParentMessage, port: Transport | null): Promise<void> {
  if (message.kind === 'compute' && port !== null) {
    if (portArrived === null) computePort = port;
    else portArrived(port);
  } else if (message.kind === 'client' && port !== null) {
    engine.serve(port);
  } else if (message.kind === 'call') {
    const reply = await engine.dispatch(message.method, message.input);
    send({ kind: 'reply', id: message.id, ...reply });
  } else if (message.kind === 'shutdown') {
    await shutDown();
  }
}

// A promise that nobody waited for harms nobody else; what was thrown into nowhere may have left things half done:
// the file is closed, and whoever started the engine starts a new one.
process.on('unhandledRejection', (reason) => log.error('engine.unhandled-rejection', reason));
process.on('uncaughtException', (error) => {
  log.error('engine.uncaught', error);
  void giveUp();
});

async function giveUp(): Promise<void> {
  try {
    await engine.close();
  } finally {
    process.exit(1);
  }
}

async function shutDown(): Promise<void> {
  await engine.close();
  send({ kind: 'closed' });
  // Leaves the message time to go out.
  setTimeout(() => process.exit(0), 50);
}

if (electronParent !== null) {
  electronParent.on('message', (event) => {
    const port = event.ports[0];
    void receive(event.data as ParentMessage, port === undefined ? null : electronPortTransport(port));
  });
} else {
  process.on('message', (message) => void receive(message as ParentMessage, null));
  process.on('disconnect', () => void shutDown());
}
