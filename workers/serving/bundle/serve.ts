#!/usr/bin/env node
import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { failedGoldenNotes, readGoldenNotes } from './golden.ts';
import { loadBundle, ownFolder } from './load-bundle.ts';
import type { LoadedBundle } from './load-bundle.ts';
import { LineLog } from './prediction-log.ts';
import { runProgram } from './program.ts';
import { createScoringServer } from './scoring-server.ts';
import { readServeOptions, serveHelp } from './serve-options.ts';

runProgram('serve.mjs', async () => {
  const options = readServeOptions(process.argv.slice(2));
  if (options.help) {
    process.stdout.write(serveHelp);
    return 0;
  }
  const bundle = loadBundle(path.resolve(options.bundle ?? ownFolder(import.meta.url)));
  if (options.selfTest) return selfTest(bundle);

  const log = options.log === null ? null : new LineLog(options.log);
  const textLog = options.logText === null ? null : new LineLog(options.logText);
  const server = createScoringServer({
    tag: bundle.tag,
    modelVersion: bundle.manifest.modelVersion,
    version: bundle.manifest.medspan,
    log,
    textLog,
    maxBytes: options.maxBytes,
    timeoutMs: options.timeoutMs,
    token: options.token,
    report: (error) => process.stderr.write(`serve.mjs: a request failed (${nameOf(error)}).\n`),
  });
  server.listen(options.port, options.host);
  await once(server, 'listening');
  const address = server.address() as AddressInfo;
  const host = address.family === 'IPv6' ? `[${address.address}]` : address.address;
  process.stdout.write(
    `Serving ${bundle.manifest.modelVersion} at http://${host}:${String(address.port)}\n` +
      `Prediction log: ${options.log === null ? 'none' : path.resolve(options.log)}\n`,
  );
  await untilStopped(server);
  await Promise.all([log?.close(), textLog?.close()]);
  return 0;
});

function selfTest(bundle: LoadedBundle): number {
  const notes = readGoldenNotes(bundle.read(bundle.manifest.golden));
  const failed = failedGoldenNotes(notes, bundle.tag);
  const count = `${String(notes.length - failed.length)} of ${String(notes.length)} golden notes`;
  process.stdout.write(`${count} give the same spans and probabilities as in the app.\n`);
  for (const name of failed) process.stdout.write(`differs: ${name}\n`);
  return failed.length === 0 && notes.length > 0 ? 0 : 1;
}

/** Ends when a signal asks for it and the requests under way are answered; a second signal does not wait. */
async function untilStopped(server: Server): Promise<void> {
  await new Promise<void>((resolve) => {
    for (const signal of ['SIGTERM', 'SIGINT'] as const) {
      process.once(signal, () => {
        process.once(signal, () => process.exit(1));
        resolve();
      });
    }
  });
  const closed = once(server, 'close');
  server.close();
  server.closeIdleConnections();
  await closed;
}

/** The name of an error, never its message: that may hold a part of what was sent. */
function nameOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown';
  const code = (error as { code?: unknown }).code;
  return typeof code === 'string' ? code : error.name;
}
