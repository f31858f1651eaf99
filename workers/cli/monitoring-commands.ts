import { UsageError } from './arguments.ts';
import type { Command } from './command.ts';
import { table } from './table.ts';

export const monitoringCommands: readonly Command[] = [
  {
    name: 'monitor import',
    help: 'import prediction logs',
    arguments: ['LOG…'],
    async run({ call, follow, path }, input) {
      const { jobId } = await call('monitoring.importLogs', { paths: input.arguments.map(path) });
      const result = await follow(jobId);
      return { data: result, lines: [JSON.stringify(result)] };
    },
  },
  {
    name: 'monitor compare',
    help: 'compare a window of the logs with the reference of the model that wrote them',
    options: {
      from: { value: 'DATE', help: 'first moment, such as 2026-03-01' },
      to: { value: 'DATE', help: 'the moment after the last' },
      model: { value: 'NAME', help: 'model version as the logs name it' },
    },
    async run({ call, follow }, input) {
      const modelVersion = input.text('model');
      const { jobId } = await call('monitoring.compare', {
        ...moment('from', input.text('from')),
        ...moment('to', input.text('to')),
        ...(modelVersion === undefined ? {} : { modelVersion }),
      });
      const result = await follow(jobId);
      const reportId =
        typeof result === 'object' && result !== null && 'reportId' in result ? Number(result.reportId) : 0;
      const report = await call('monitoring.report', { reportId });
      return { data: report, lines: [JSON.stringify(report, null, 2)] };
    },
  },
  {
    name: 'alerts',
    help: 'list the alerts',
    async run({ call }) {
      const alerts = await call('monitoring.alerts', {});
      return {
        data: alerts,
        lines: table(
          alerts.map((row) => ({ ...row })),
          ['id', 'state', 'kind', 'message'],
        ),
      };
    },
  },
];

function moment(name: 'from' | 'to', text: string | undefined): { readonly [key in typeof name]?: number } {
  if (text === undefined) return {};
  const at = Date.parse(text);
  if (Number.isNaN(at)) throw new UsageError(`--${name} is a date, such as 2026-03-01.`);
  return { [name]: at };
}
