import type { GuardedStage } from '../api/registry.ts';
import { guardedStages } from '../api/registry.ts';
import { UsageError } from './arguments.ts';
import type { Command } from './command.ts';
import { table } from './table.ts';

export const registryCommands: readonly Command[] = [
  {
    name: 'models',
    help: 'list the model versions',
    async run({ call }) {
      const versions = await call('registry.versions', {});
      return {
        data: versions,
        lines: table(
          versions.map((row) => ({ ...row })),
          ['id', 'name', 'stage', 'f1', 'runName'],
        ),
      };
    },
  },
  {
    name: 'register',
    help: 'make a model version of a run',
    arguments: ['RUN'],
    options: {
      model: { value: 'NAME', help: 'clinical-ner by default' },
      description: { value: 'TEXT', help: 'what it is for' },
    },
    async run({ call }, input) {
      const { modelVersionId } = await call('registry.register', {
        runId: input.id(0),
        model: input.text('model') ?? 'clinical-ner',
        description: input.text('description') ?? '',
      });
      return { data: { modelVersionId }, lines: [`Model version ${String(modelVersionId)}`] };
    },
  },
  {
    name: 'gates',
    help: 'run the gates of a stage for a model version; ends with 4 when one is red',
    arguments: ['VERSION', 'STAGE'],
    async run({ call, follow }, input) {
      const stage = stageOf(input.arguments[1]);
      const { jobId } = await call('registry.runGates', { modelVersionId: input.id(0), stage });
      await follow(jobId);
      const { gateResults } = await call('registry.version', { modelVersionId: input.id(0) });
      const ofStage = gateResults.filter((result) => result.gate.stage === stage);
      const rows = ofStage.map(({ gate, state, summary }) => ({ gate: gate.name, state, summary }));
      return {
        data: ofStage,
        lines: table(rows, ['gate', 'state', 'summary']),
        ...(ofStage.some(({ gate, state }) => gate.enabled && (state === 'failed' || state === 'error'))
          ? { refused: true }
          : {}),
      };
    },
  },
  {
    name: 'promote',
    help: 'move a model version to a stage; its gates must be green',
    arguments: ['VERSION', 'STAGE'],
    options: { reason: { value: 'TEXT', help: 'why; stands in the ledger for good' } },
    async run({ call }, input) {
      const reason = input.text('reason');
      if (reason === undefined)
        throw new UsageError('Say why with --reason: it stands in the ledger for good.');
      const entry = await call('registry.promote', {
        modelVersionId: input.id(0),
        stage: stageOf(input.arguments[1]),
        reason,
      });
      return { data: entry, lines: [JSON.stringify(entry)] };
    },
  },
  {
    name: 'rollback',
    help: 'bring the previous Production back',
    options: { reason: { value: 'TEXT', help: 'why; stands in the ledger for good' } },
    async run({ call }, input) {
      const reason = input.text('reason');
      if (reason === undefined)
        throw new UsageError('Say why with --reason: it stands in the ledger for good.');
      const entry = await call('registry.rollback', { reason });
      return { data: entry, lines: [JSON.stringify(entry)] };
    },
  },
  {
    name: 'export',
    help: 'write the bundle of a model version: a folder, or a zip with --zip',
    arguments: ['VERSION', 'PATH'],
    options: { zip: { type: 'boolean', help: 'one zip file' } },
    async run({ call, path }, input) {
      const made = await call('registry.exportBundle', {
        modelVersionId: input.id(0),
        path: path(input.arguments[1] ?? ''),
        packed: input.flag('zip'),
      });
      return { data: made, lines: [JSON.stringify(made)] };
    },
  },
];

function stageOf(word: string | undefined): GuardedStage {
  const stage = guardedStages.find((each) => each.toLowerCase() === word?.toLowerCase());
  if (stage === undefined) throw new UsageError(`STAGE is one of ${guardedStages.join(', ')}.`);
  return stage;
}
