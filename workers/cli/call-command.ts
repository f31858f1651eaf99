import { readFileSync } from 'node:fs';
import { UsageError } from './arguments.ts';
import type { Command } from './command.ts';

/** The door to everything: any method of the contract, with its input as JSON. */
export const callCommand: Command = {
  name: 'call',
  help: 'call any method, such as: call corpus.list {} ; “-” reads the input from stdin; --follow waits for its job',
  arguments: ['METHOD', '[JSON]'],
  options: { follow: { type: 'boolean', help: 'where the answer names a job, wait for its end' } },
  async run({ callAny, follow }, input) {
    const [method = '', json = '{}'] = input.arguments;
    let value: unknown;
    try {
      value = JSON.parse(json === '-' ? readFileSync(0, 'utf8') : json);
    } catch {
      throw new UsageError('The input is not JSON.');
    }
    const output = await callAny(method, value);
    const jobId =
      typeof output === 'object' && output !== null && 'jobId' in output && typeof output.jobId === 'number'
        ? output.jobId
        : null;
    if (!input.flag('follow') || jobId === null)
      return { data: output, lines: [JSON.stringify(output, null, 2)] };
    const data = { ...(output as object), result: await follow(jobId) };
    return { data, lines: [JSON.stringify(data, null, 2)] };
  },
};
