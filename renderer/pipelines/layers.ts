import type { TaskDefinition } from '../../workers/api/pipelines.ts';

/** Tasks by how many steps lie before them: each column of the graph can run once the one before it has. */
export function layersOf(tasks: readonly TaskDefinition[]): readonly (readonly TaskDefinition[])[] {
  const depths = new Map<string, number>();
  const byId = new Map(tasks.map((task) => [task.id, task]));
  const depth = (task: TaskDefinition): number => {
    const known = depths.get(task.id);
    if (known !== undefined) return known;
    const before = task.after.flatMap((name) => byId.get(name) ?? []);
    const own = before.length === 0 ? 0 : 1 + Math.max(...before.map(depth));
    depths.set(task.id, own);
    return own;
  };
  const layers: TaskDefinition[][] = [];
  for (const task of tasks) (layers[depth(task)] ??= []).push(task);
  return layers;
}
