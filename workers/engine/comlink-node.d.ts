/** comlink ships this adapter without a declaration under its file name. */
declare module 'comlink/dist/esm/node-adapter.mjs' {
  import type { Endpoint } from 'comlink';
  import type { MessagePort, Worker } from 'node:worker_threads';

  /** Lets comlink speak over Node's own ports and workers. */
  export default function nodeEndpoint(port: MessagePort | Worker): Endpoint;
}
