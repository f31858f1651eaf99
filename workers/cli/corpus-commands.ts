import type { ImportFormat } from '../api/corpus.ts';
import { UsageError } from './arguments.ts';
import type { Command, CommandSession } from './command.ts';
import { table } from './table.ts';

const formats: readonly ImportFormat[] = ['token-pairs', 'conll', 'jsonl', 'text'];

export const corpusCommands: readonly Command[] = [
  {
    name: 'corpora',
    help: 'list the corpora',
    async run({ call }) {
      const corpora = await call('corpus.list', {});
      return {
        data: corpora,
        lines: table(
          corpora.map((row) => ({ ...row })),
          ['id', 'name', 'noteCount', 'characters'],
        ),
      };
    },
  },
  {
    name: 'import',
    help: 'import files or a folder into a corpus, which is made when it is new; unknown labels are created',
    arguments: ['PATH…'],
    options: {
      corpus: { short: 'c', value: 'NAME', help: 'name of the corpus, “Corpus” by default' },
      format: { value: formats.join('|'), help: 'guessed when left out' },
      'dry-run': { type: 'boolean', help: 'count and check, write nothing' },
    },
    async run(session, input) {
      const { call, follow, path, say } = session;
      const paths = input.arguments.map(path);
      const format = await chooseFormat(session, paths, input.text('format'));
      const name = input.text('corpus') ?? 'Corpus';
      const there = (await call('corpus.list', {})).find((corpus) => corpus.name === name);
      const preview = await call('corpus.previewImport', {
        paths,
        format,
        corpusId: there?.id ?? null,
        previewId: `cli-${String(process.pid)}`,
      });
      for (const { file, line, reason } of preview.rejected.slice(0, 20)) {
        say(`rejected: ${file}${line === null ? '' : `:${String(line)}`}: ${reason}`);
      }
      const counts = {
        format,
        noteCount: preview.noteCount,
        spanCount: preview.spanCount,
        rejectedCount: preview.rejectedCount,
      };
      if (input.flag('dry-run')) {
        return { data: { ...preview, firstNotes: undefined }, lines: table([counts], Object.keys(counts)) };
      }
      const corpus = there ?? (await call('corpus.create', { name }));
      const { importId, jobId } = await call('corpus.startImport', {
        paths,
        format,
        corpusId: corpus.id,
        labels: Object.fromEntries(
          preview.labels.map(({ name: label, suggestion }) => [
            label,
            suggestion ?? { action: 'create' as const, label },
          ]),
        ),
      });
      await follow(jobId);
      const done = (await call('corpus.imports', { corpusId: corpus.id })).find((row) => row.id === importId);
      const row = { ...done };
      return {
        data: done,
        lines: table([row], ['id', 'corpusId', 'noteCount', 'spanCount', 'rejectedCount', 'skippedCount']),
      };
    },
  },
  {
    name: 'snapshot',
    help: 'freeze a corpus into an immutable dataset version',
    arguments: ['NAME'],
    options: {
      corpus: { short: 'c', value: 'NAME', help: 'name of the corpus; may be left out when there is one' },
    },
    async run(session, input) {
      const snapshot = await session.call('corpus.createSnapshot', {
        corpusId: await corpusNamed(session, input.text('corpus')),
        name: input.arguments[0] ?? '',
      });
      return {
        data: snapshot,
        lines: table([{ ...snapshot }], ['id', 'name', 'noteCount', 'spanCount', 'contentSha256']),
      };
    },
  },
  {
    name: 'split',
    help: 'divide a snapshot into train, dev and test',
    arguments: ['SNAPSHOT', 'NAME'],
    options: {
      seed: { value: 'N', help: '1 by default' },
      method: { value: 'random|source', help: 'by seed (default), or as the source divided it' },
      shares: { value: 'T,D,T', help: 'train, dev and test, 0.7,0.15,0.15 by default' },
    },
    async run({ call }, input) {
      const [train = 0, dev = 0, test = 0] = (input.text('shares') ?? '0.7,0.15,0.15').split(',').map(Number);
      const split = await call('corpus.createSplit', {
        snapshotId: input.id(0),
        name: input.arguments[1] ?? '',
        seed: input.number('seed') ?? 1,
        method: input.text('method') === 'source' ? 'source' : 'random',
        shares: { train, dev, test },
      });
      return { data: split, lines: [JSON.stringify(split)] };
    },
  },
];

async function chooseFormat(
  { call, say }: CommandSession,
  paths: readonly string[],
  given: string | undefined,
): Promise<ImportFormat> {
  if (given !== undefined) {
    const format = formats.find((each) => each === given);
    if (format === undefined) throw new UsageError(`--format is one of ${formats.join(', ')}.`);
    return format;
  }
  const plan = await call('corpus.planImport', { paths: [...paths] });
  say(`Format: ${plan.format} (${plan.because})`);
  return plan.format;
}

/** The id of a corpus by its name, or of the only one. */
export async function corpusNamed({ call }: CommandSession, name: string | undefined): Promise<number> {
  const corpora = await call('corpus.list', {});
  const found =
    name === undefined && corpora.length === 1 ? corpora[0] : corpora.find((corpus) => corpus.name === name);
  if (found !== undefined) return found.id;
  throw new UsageError(
    name === undefined
      ? `Say which corpus with --corpus: ${corpora.map((corpus) => corpus.name).join(', ') || 'there is none yet'}.`
      : `There is no corpus “${name}”.`,
  );
}
