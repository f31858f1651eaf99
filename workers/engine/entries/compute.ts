import { constants, setPriority } from 'node:os';
import type { ElectronPort } from '../transport.ts';
import { electronPortTransport, parentTransport } from '../transport.ts';
import { serveThreads } from '../thread-pool.ts';
import { electronParent } from './electron-parent.ts';

/** The compute process. It owns threads and no truth: when it dies, only running computations are lost. */
const entry = new URL(import.meta.url.endsWith('.ts') ? './thread.ts' : './thread.js', import.meta.url);

// Threads inherit it: a training run never takes a core from the window or from the engine.
try {
  setPriority(constants.priority.PRIORITY_BELOW_NORMAL);
} catch {
  // A system that refuses it computes at normal priority.
}

if (electronParent === null) {
  const engine = parentTransport();
  serveThreads(engine, { entry });
  engine.onClose(() => process.exit(0));
} else {
  electronParent.on('message', (event) => {
    const port: ElectronPort | undefined = event.ports[0];
    if (port !== undefined) serveThreads(electronPortTransport(port), { entry });
    else if ((event.data as { readonly kind: string }).kind === 'shutdown') process.exit(0);
  });
}
