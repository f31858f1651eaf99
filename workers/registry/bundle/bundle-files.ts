import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { BundleManifest, GoldenNote } from '../../api/registry.ts';

/** Everything that goes into a bundle, before the manifest. */
export interface BundleParts {
  readonly modelVersion: string;
  readonly medspan: string;
  readonly createdAt: number;
  readonly model: Uint8Array;
  readonly vocabulary: Uint8Array;
  readonly labels: readonly string[];
  readonly golden: readonly GoldenNote[];
  readonly snapshotSha256: string;
  readonly modelCard: string;
  /** Folder with the built `serve.mjs` and `tag.mjs`. */
  readonly programs: string;
}

export type BundleFiles = ReadonlyMap<string, Uint8Array>;

/** The files of a bundle by name, `manifest.json` last. Equal parts give equal bytes. */
export function bundleFiles(parts: BundleParts): BundleFiles {
  const files = new Map<string, Uint8Array>([
    ['model.crf', parts.model],
    ['vocabulary.bin', parts.vocabulary],
    ['golden.jsonl', Buffer.from(parts.golden.map((note) => `${JSON.stringify(note)}\n`).join(''))],
    ['MODEL_CARD.md', Buffer.from(parts.modelCard)],
    ['README.md', Buffer.from(readme(parts.modelVersion))],
    ['serve.mjs', readFileSync(path.join(parts.programs, 'serve.mjs'))],
    ['tag.mjs', readFileSync(path.join(parts.programs, 'tag.mjs'))],
  ]);
  const manifest: BundleManifest = {
    format: 'medspan-bundle/1',
    modelVersion: parts.modelVersion,
    medspan: parts.medspan,
    createdAt: parts.createdAt,
    model: 'model.crf',
    vocabulary: 'vocabulary.bin',
    golden: 'golden.jsonl',
    labels: parts.labels,
    offsetUnit: 'utf-16',
    snapshotSha256: parts.snapshotSha256,
    files: Object.fromEntries(
      [...files].map(([name, bytes]) => [name, { sha256: sha256(bytes), bytes: bytes.byteLength }]),
    ),
  };
  files.set('manifest.json', Buffer.from(`${JSON.stringify(manifest, null, 2)}\n`));
  return files;
}

export function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

function readme(modelVersion: string): string {
  return `# ${modelVersion}

A model that finds diseases and treatments in clinical notes, with everything that it needs to run. It takes a
plain Node 20 or newer; nothing is installed and nothing is sent anywhere.

## Check it

    node serve.mjs --self-test

Every program first compares each file with the SHA-256 in \`manifest.json\` and refuses by name what differs.

## Serve it

    node serve.mjs --port 5001 --log prediction-log.jsonl

    curl http://127.0.0.1:5001/ping
    curl -H 'content-type: application/json' -d '{"instances": ["History of asthma, on salbutamol."]}' \\
      http://127.0.0.1:5001/invocations

The server speaks the MLflow scoring protocol: \`dataframe_split\`, \`dataframe_records\`, \`instances\`, \`inputs\`,
and \`text/csv\` with a column \`text\`. Parameters: \`min_prob\` (0 to 1) and \`offset_unit\` (\`utf-16\`, which is the
default, or \`code-point\` for Python). It listens on this machine only; any other \`--host\` needs a bearer token
(\`--token-file\`). SIGTERM lets running requests finish.

## Tag files and pipes

    node tag.mjs note-1.txt note-2.txt
    cat notes.jsonl | node tag.mjs --jsonl --log prediction-log.jsonl

## Prediction logs

One JSON object a line (\`prediction-log/1\`): when, which model version, a hash of the text, features of the note,
spans with probabilities, latency. No text of a note stands in it. Bring the file back into Medspan (Monitoring,
Import logs) to see whether the model is still good. With \`--log-text FILE\` the texts go into a file of their own,
joined by id; they are patients' data and need the same care.
`;
}
