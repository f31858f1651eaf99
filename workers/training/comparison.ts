import type { Json } from '../api/common.ts';
import type { Scores } from '../api/training-evaluation.ts';
import type { ComparedProperty, RunComparison, RunDetail } from '../api/training.ts';

type Value = string | number | null;
type Group = ComparedProperty['group'];

interface Property {
  readonly group: Group;
  readonly name: string;
  readonly value: Value;
}

/** Every property of every run, in one order, each saying whether the runs differ in it. */
export function compareRuns(runs: readonly RunDetail[]): RunComparison {
  const columns = runs.map(
    (run) => new Map(propertiesOf(run).map((property) => [`${property.group}/${property.name}`, property])),
  );
  const keys = new Map<string, { readonly group: Group; readonly name: string }>();
  for (const column of columns) for (const [key, property] of column) keys.set(key, property);
  const properties = [...keys].map(([key, { group, name }]): ComparedProperty => {
    const values = columns.map((column) => column.get(key)?.value ?? null);
    return { group, name, values, differs: values.some((value) => value !== values[0]) };
  });
  properties.sort((one, other) => groups.indexOf(one.group) - groups.indexOf(other.group));
  return { runIds: runs.map((run) => run.id), properties };
}

const groups: readonly Group[] = ['data', 'features', 'parameters', 'scores', 'timings', 'environment'];

function propertiesOf(run: RunDetail): Property[] {
  const list: Property[] = [];
  const add = (group: Group, name: string, value: Value): void => {
    list.push({ group, name, value });
  };
  add('data', 'Corpus', run.corpusName);
  add('data', 'Data version', run.snapshotName);
  add('data', 'Content hash', run.snapshotSha256.slice(0, 12));
  add('data', 'Split', run.splitName);
  add('data', 'Training notes', run.size?.notes ?? null);
  add('data', 'Training tokens', run.size?.tokens ?? null);
  add('data', 'Training spans', run.size?.spans ?? null);
  add('data', 'Spans changed by projection', run.projection?.changed ?? null);
  add('data', 'Spans dropped by projection', run.projection?.dropped ?? null);
  add('features', 'Template set', run.templateSetName);
  for (const [name, value] of templateProperties(run.templateSet)) add('features', `Template ${name}`, value);
  add('features', 'Attributes', run.size?.attributes ?? null);
  add('features', 'Weights', run.size?.weights ?? null);
  add('parameters', 'Trainer', run.trainer);
  add('parameters', 'Scheme', run.parameters.scheme);
  add('parameters', 'c2', run.parameters.c2);
  add('parameters', 'Maximum iterations', run.parameters.maxIterations);
  add('parameters', 'Minimum frequency', run.parameters.minimumFrequency);
  add('parameters', 'Patience', run.parameters.patience);
  add('parameters', 'Seed', run.seed);
  add('parameters', 'Iterations', run.iterations);
  add('parameters', 'Ended because', run.stopReason);
  for (const part of ['test', 'dev'] as const) {
    const evaluation = run.evaluation?.[part] ?? null;
    if (evaluation === null) continue;
    addScores(add, part, evaluation.all);
    if (evaluation.withoutLeaked !== null)
      addScores(add, `${part} without leaked notes`, evaluation.withoutLeaked);
  }
  add('timings', 'Reading, s', run.timings?.readSeconds ?? null);
  add('timings', 'Extraction, s', run.timings?.extractSeconds ?? null);
  add('timings', 'Training, s', run.timings?.trainSeconds ?? null);
  add('timings', 'Evaluation, s', run.timings?.evaluateSeconds ?? null);
  add('timings', 'Total, s', run.timings?.totalSeconds ?? null);
  add('environment', 'Medspan', run.environment.medspan);
  add('environment', 'Node', run.environment.node);
  add('environment', 'Electron', run.environment.electron);
  add('environment', 'System', `${run.environment.platform} ${run.environment.architecture}`);
  add('environment', 'Processor', run.environment.cpu);
  add('environment', 'Cores', run.environment.cores);
  return list;
}

function addScores(
  add: (group: Group, name: string, value: Value) => void,
  where: string,
  scores: Scores,
): void {
  for (const kind of ['span', 'token'] as const) {
    const table = scores[kind];
    const what = kind === 'span' ? 'strict span' : 'token';
    add('scores', `${where} ${what} F1`, table.micro.f1);
    add('scores', `${where} ${what} precision`, table.micro.precision);
    add('scores', `${where} ${what} recall`, table.micro.recall);
    for (const { label, f1 } of table.perLabel) add('scores', `${where} ${what} F1, ${label}`, f1);
  }
}

/** Each template by its name and content, so that two sets differ line by line and not as a whole. */
function templateProperties(set: Json): [string, string][] {
  const templates = (set as { readonly templates?: readonly { readonly name: string }[] }).templates ?? [];
  return templates.map(({ name, ...rest }) => [name, JSON.stringify(rest)]);
}
