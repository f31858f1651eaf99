import type { Json } from '../api/common.ts';
import type { Input } from '../api/index.ts';
import { UsageError } from './arguments.ts';
import type { Command } from './command.ts';
import { table } from './table.ts';

const runColumns = ['id', 'name', 'state', 'devSpanF1', 'testSpanF1', 'testTokenF1', 'trainSeconds', 'who'];

export const trainingCommands: readonly Command[] = [
  {
    name: 'train',
    help: 'train a model on a split and wait for its scores',
    arguments: ['SPLIT'],
    options: {
      templates: { value: 'NAME', help: 'feature templates; the first set when left out' },
      seed: { value: 'N', help: '1 by default' },
      name: { value: 'NAME', help: 'name of the run' },
      parameter: {
        short: 'p',
        multiple: true,
        value: 'NAME=VALUE',
        help: 'a parameter of the trainer; may be repeated',
      },
    },
    async run({ call, follow }, input) {
      const sets = await call('training.templateSets', {});
      const wanted = input.text('templates');
      const set = wanted === undefined ? sets[0] : sets.find((each) => each.name === wanted);
      if (set === undefined) {
        throw new UsageError(`--templates is one of ${sets.map((each) => each.name).join(', ')}.`);
      }
      const name = input.text('name');
      const { runId, jobId } = await call('training.start', {
        splitId: input.id(0),
        templateSetId: set.id,
        seed: input.number('seed') ?? 1,
        ...(name === undefined ? {} : { name }),
        parameters: readParameters(input.list('parameter')),
      });
      await follow(jobId);
      const run = await call('training.run', { runId });
      const row = (await call('training.runs', { limit: 1000 })).rows.find((each) => each.id === runId);
      return { data: run, lines: table(row === undefined ? [] : [{ ...row }], runColumns) };
    },
  },
  {
    name: 'runs',
    help: 'list the runs, newest first',
    options: { limit: { value: 'N', help: 'how many, 50 by default' } },
    async run({ call }, input) {
      const { rows } = await call('training.runs', { limit: input.number('limit') ?? 50 });
      return {
        data: rows,
        lines: table(
          rows.map((row) => ({ ...row })),
          runColumns,
        ),
      };
    },
  },
  {
    name: 'evaluate',
    help: 'scores of a run in full',
    arguments: ['RUN'],
    async run({ call }, input) {
      const run = await call('training.run', { runId: input.id(0) });
      return { data: run, lines: [JSON.stringify(run, null, 2)] };
    },
  },
  {
    name: 'compare',
    help: 'what differs between runs',
    arguments: ['RUN…'],
    async run({ call }, input) {
      const comparison = await call('training.compare', {
        runIds: input.arguments.map((_, position) => input.id(position)),
      });
      return { data: comparison, lines: [JSON.stringify(comparison, null, 2)] };
    },
  },
  {
    name: 'predictions',
    help: 'write gold and predicted tags of a run, one token a line',
    arguments: ['RUN', 'FILE'],
    options: { part: { value: 'dev|test', help: 'test by default' } },
    async run({ call, path }, input) {
      const part = input.text('part') ?? 'test';
      if (part !== 'dev' && part !== 'test') throw new UsageError('--part is dev or test.');
      const written = await call('training.exportPredictions', {
        runId: input.id(0),
        part,
        path: path(input.arguments[1] ?? ''),
      });
      return { data: written, lines: [JSON.stringify(written)] };
    },
  },
];

/** `c2=0.5` and the like; values are JSON where they can be, else words. The engine's guard knows the names. */
function readParameters(given: readonly string[]): NonNullable<Input<'training.start'>['parameters']> {
  const pairs = given.map((pair): readonly [string, Json] => {
    const at = pair.indexOf('=');
    if (at <= 0) throw new UsageError('--parameter is NAME=VALUE.');
    const value = pair.slice(at + 1);
    try {
      return [pair.slice(0, at), JSON.parse(value) as Json];
    } catch {
      return [pair.slice(0, at), value];
    }
  });
  return Object.fromEntries(pairs);
}
