import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { UsageError } from './program.ts';

export const serveHelp = `Usage: node serve.mjs [options]

Answers GET /ping, /health, /version and POST /invocations (MLflow scoring protocol).

  --port NUMBER        port to listen on; 0 takes a free one (default 5001)
  --host NAME          address to listen on (default 127.0.0.1: this machine only)
  --token-file FILE    ask for the bearer token in FILE; needed for any other address
  --log FILE           append prediction logs to FILE (default prediction-log.jsonl)
  --no-log             write no prediction log
  --log-text FILE      also append the notes' texts to FILE; they are patients' data
  --max-bytes NUMBER   largest body of a request (default 10485760)
  --timeout SECONDS    longest time for one request (default 60)
  --self-test          tag the bundle's golden notes, compare, and end
  --bundle FOLDER      the bundle to serve (default: the folder of this program)
  --help               this text
`;

export interface ServeOptions {
  readonly port: number;
  readonly host: string;
  readonly token: string | null;
  readonly log: string | null;
  readonly logText: string | null;
  readonly maxBytes: number;
  readonly timeoutMs: number;
  readonly selfTest: boolean;
  readonly bundle: string | null;
  readonly help: boolean;
}

export function readServeOptions(argv: readonly string[]): ServeOptions {
  const { values } = parseArgs({
    args: [...argv],
    options: {
      port: { type: 'string', default: '5001' },
      host: { type: 'string', default: '127.0.0.1' },
      'token-file': { type: 'string' },
      log: { type: 'string', default: 'prediction-log.jsonl' },
      'no-log': { type: 'boolean', default: false },
      'log-text': { type: 'string' },
      'max-bytes': { type: 'string', default: String(10 * 1024 * 1024) },
      timeout: { type: 'string', default: '60' },
      'self-test': { type: 'boolean', default: false },
      bundle: { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  });
  const token = values['token-file'] === undefined ? null : readToken(values['token-file']);
  if (!isLoopback(values.host) && token === null) {
    throw new UsageError(
      `${values.host} can be reached from other machines, and the notes sent there are patients' data. ` +
        'Set a bearer token with --token-file, or keep to 127.0.0.1.',
    );
  }
  if (values['no-log'] && values['log-text'] !== undefined) {
    throw new UsageError('--log-text joins the prediction log by id; leave out --no-log.');
  }
  return {
    port: wholeNumber('--port', values.port, 0, 65_535),
    host: values.host,
    token,
    log: values['no-log'] ? null : values.log,
    logText: values['log-text'] ?? null,
    maxBytes: wholeNumber('--max-bytes', values['max-bytes'], 1, 1024 ** 3),
    timeoutMs: wholeNumber('--timeout', values.timeout, 1, 86_400) * 1000,
    selfTest: values['self-test'],
    bundle: values.bundle ?? null,
    help: values.help,
  };
}

export function wholeNumber(option: string, value: string, least: number, most: number): number {
  const number = Number(value);
  if (/^\d+$/.test(value) && number >= least && number <= most) return number;
  throw new UsageError(`${option} takes a whole number from ${String(least)} to ${String(most)}.`);
}

function readToken(file: string): string {
  const token = readFileSync(file, 'utf8').trim();
  if (token.length >= 16) return token;
  throw new UsageError(`The token in ${file} is shorter than 16 characters. Make a longer one.`);
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127(\.\d{1,3}){3}$/.test(host);
}
