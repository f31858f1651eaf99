import type { Command } from './command.ts';
import { table } from './table.ts';

export const jobCommands: readonly Command[] = [
  {
    name: 'jobs',
    help: 'the newest jobs and how they ended',
    options: { limit: { value: 'N', help: 'how many, 50 by default' } },
    async run({ call }, input) {
      const jobs = await call('jobs.list', { limit: input.number('limit') ?? 50 });
      return {
        data: jobs,
        lines: table(
          jobs.map((job) => ({ ...job })),
          ['id', 'kind', 'state', 'progress', 'title'],
        ),
      };
    },
  },
  {
    name: 'jobs follow',
    help: 'show a job until it ends, and print its result',
    arguments: ['JOB'],
    async run({ follow }, input) {
      const result = await follow(input.id(0));
      return { data: result, lines: [JSON.stringify(result)] };
    },
  },
  {
    name: 'jobs cancel',
    help: 'ask a job to stop',
    arguments: ['JOB'],
    async run({ call }, input) {
      await call('jobs.cancel', { jobId: input.id(0) });
      return { data: null, lines: ['Asked to stop.'] };
    },
  },
];
