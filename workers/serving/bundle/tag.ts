#!/usr/bin/env node
import path from 'node:path';
import { parseArgs } from 'node:util';
import { loadBundle, ownFolder } from './load-bundle.ts';
import { predictAll } from './predict.ts';
import { LineLog } from './prediction-log.ts';
import { runProgram } from './program.ts';
import { readParameters } from './scoring-parameters.ts';
import { readNotes } from './tag-input.ts';

const help = `Usage: node tag.mjs [options] [FILE…]

Tags each FILE as one note, or what comes in through the pipe, and writes one JSON object a note.

  --lines              each line of the input is a note
  --jsonl              each line is a JSON object with "text" and, if it likes, "id" and "date" (ISO 8601),
                       the time that the log then states
  --min-prob NUMBER    leave out spans below this probability (default 0)
  --offset-unit UNIT   utf-16 (default) or code-point
  --log FILE           append prediction logs to FILE
  --log-text FILE      also append the notes' texts to FILE; they are patients' data
  --bundle FOLDER      the bundle to use (default: the folder of this program)
  --help               this text
`;

runProgram('tag.mjs', async () => {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      lines: { type: 'boolean', default: false },
      jsonl: { type: 'boolean', default: false },
      'min-prob': { type: 'string', default: '0' },
      'offset-unit': { type: 'string', default: 'utf-16' },
      log: { type: 'string' },
      'log-text': { type: 'string' },
      bundle: { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    process.stdout.write(help);
    return 0;
  }
  const parameters = readParameters({
    min_prob: Number(values['min-prob']),
    offset_unit: values['offset-unit'],
  });
  const bundle = loadBundle(path.resolve(values.bundle ?? ownFolder(import.meta.url)));
  const log = values.log === undefined ? null : new LineLog(values.log);
  const textLog = values['log-text'] === undefined ? null : new LineLog(values['log-text']);
  const options = { tag: bundle.tag, modelVersion: bundle.manifest.modelVersion, log, textLog };
  // Whoever reads the pipe may have seen enough.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1));
  const shape = values.jsonl ? 'jsonl' : values.lines ? 'lines' : 'whole';
  for await (const note of readNotes(positionals, shape)) {
    const [answer] = await predictAll(
      { texts: [note.text], parameters },
      { ...options, now: () => note.at ?? Date.now() },
    );
    const written = process.stdout.write(`${JSON.stringify({ id: note.id, ...answer })}\n`);
    if (!written) await new Promise((resolve) => process.stdout.once('drain', resolve));
  }
  await Promise.all([log?.close(), textLog?.close()]);
  return 0;
});
