import { serveThreads } from './thread-pool.ts';
import { parentTransport } from './transport.ts';

/** A real compute process with the small tasks of `test-thread.ts`. */
const engine = parentTransport();
serveThreads(engine, { entry: new URL('./test-thread.ts', import.meta.url) });
engine.onClose(() => process.exit(0));
