import type { Command } from './command.ts';
import { table } from './table.ts';

export const pipelinesCommands: readonly Command[] = [
  {
    name: 'pipeline start',
    help: 'retrain: clean, prepare, train, evaluate, validate',
    options: { pipeline: { value: 'ID', help: 'the newest when left out' } },
    async run({ call, say }, input) {
      const pipelineId = input.number('pipeline');
      const started = await call('pipelines.start', pipelineId === undefined ? {} : { pipelineId });
      const ended = await waitForRun(call, started.pipelineRunId, say);
      return { data: ended, lines: [JSON.stringify(ended, null, 2)] };
    },
  },
  {
    name: 'pipeline runs',
    help: 'list the runs of pipelines',
    async run({ call }) {
      const { rows } = await call('pipelines.runs', {});
      return {
        data: rows,
        lines: table(
          rows.map((row) => ({ ...row })),
          ['id', 'pipeline', 'state', 'trigger', 'reason'],
        ),
      };
    },
  },
];

type Call = Parameters<Command['run']>[0]['call'];

/** A pipeline run is no job of its own; it is asked for until it has ended. */
async function waitForRun(call: Call, pipelineRunId: number, say: (line: string) => void) {
  let told = '';
  for (;;) {
    const run = await call('pipelines.run', { pipelineRunId });
    if (run.state !== told) say(`Pipeline run ${String(pipelineRunId)}: ${run.state}`);
    told = run.state;
    if (run.endedAt !== null) return run;
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
}
