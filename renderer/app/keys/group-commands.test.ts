import { expect, it } from 'vitest';
import type { Command } from '../../ui/commands/registry.ts';
import { groupCommands } from './group-commands.ts';

const command = (id: string, title: string, group?: string): Command => ({
  id,
  title,
  run: () => undefined,
  ...(group === undefined ? {} : { group }),
});

it('lists the open screen first and, of two with one id, the newer', () => {
  const groups = groupCommands(
    [
      command('palette.open', 'Command palette', 'General'),
      command('go.home', 'Go to Home', 'Go'),
      command('edit.undo', 'Undo in the workspace'),
      command('edit.undo', 'Undo tagging', 'Annotation'),
    ],
    '',
  );
  expect(groups.map(([group, members]) => [group, members.map(({ title }) => title)])).toEqual([
    ['Annotation', ['Undo tagging']],
    ['Go', ['Go to Home']],
    ['General', ['Command palette']],
  ]);
});

it('leaves out groups in which nothing fits the filter', () => {
  const list = [command('a.b', 'Tag', 'Annotation'), command('go.home', 'Go to Home', 'Go')];
  expect(groupCommands(list, 'HOME').map(([group]) => group)).toEqual(['Go']);
});
