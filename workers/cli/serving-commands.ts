import { readFileSync } from 'node:fs';
import type { Command } from './command.ts';
import { corpusNamed } from './corpus-commands.ts';
import { table } from './table.ts';

export const servingCommands: readonly Command[] = [
  {
    name: 'predict',
    help: 'spans that a model version, or Production, finds in a text file; “-” reads stdin. Nothing is stored',
    arguments: ['FILE'],
    options: { model: { value: 'VERSION', help: 'id of the model version' } },
    async run({ call, path }, input) {
      const file = input.arguments[0] ?? '-';
      const modelVersionId = input.number('model');
      const prediction = await call('serving.predict', {
        text: readFileSync(file === '-' ? 0 : path(file), 'utf8'),
        ...(modelVersionId === undefined ? {} : { modelVersionId }),
      });
      return { data: prediction, lines: [JSON.stringify(prediction, null, 2)] };
    },
  },
  {
    name: 'treatments',
    help: 'which treatments were seen for which disease',
    options: { corpus: { short: 'c', value: 'NAME', help: 'one corpus; all when left out' } },
    async run(session, input) {
      const name = input.text('corpus');
      const map = await session.call(
        'serving.treatmentMap',
        name === undefined ? {} : { corpusId: await corpusNamed(session, name) },
      );
      return { data: map, lines: [JSON.stringify(map, null, 2)] };
    },
  },
  {
    name: 'suggest',
    help: 'write suggestions of a model version, or of Production, over a corpus',
    options: {
      corpus: { short: 'c', value: 'NAME', help: 'name of the corpus; may be left out when there is one' },
      model: { value: 'VERSION', help: 'id of the model version' },
    },
    async run(session, input) {
      const modelVersionId = input.number('model');
      const { jobId } = await session.call('serving.suggest', {
        corpusId: await corpusNamed(session, input.text('corpus')),
        ...(modelVersionId === undefined ? {} : { modelVersionId }),
      });
      const result = await session.follow(jobId);
      return {
        data: result,
        lines:
          typeof result === 'object' && result !== null && !Array.isArray(result)
            ? table([{ ...result }], Object.keys(result))
            : [],
      };
    },
  },
];
