import { useState } from 'react';
import { useCommands } from '../../ui/commands/use-commands.ts';
import { setTheme } from '../../ui/theme.ts';
import { CheatSheet } from '../keys/CheatSheet.tsx';
import { Palette } from '../palette/Palette.tsx';
import { About } from './About.tsx';
import { themes } from './ThemeSwitch.tsx';

/** Commands that hold whatever is shown, and the overlays that they open. */
export function GlobalCommands() {
  const [shown, setShown] = useState<'palette' | 'keys' | 'about' | null>(null);
  const toggle = (which: 'palette' | 'keys' | 'about') => () =>
    setShown((now) => (now === which ? null : which));
  useCommands([
    {
      id: 'palette.open',
      title: 'Command palette',
      group: 'General',
      keys: 'mod+k',
      everywhere: true,
      keysOnly: true,
      run: toggle('palette'),
    },
    { id: 'help.keys', title: 'Show all keys', group: 'General', keys: '?', run: toggle('keys') },
    { id: 'help.about', title: 'About Medspan', group: 'General', run: toggle('about') },
    ...themes.map(({ value, title }) => ({
      id: `theme.${value}`,
      title: `Theme: ${title}`,
      group: 'General',
      run: () => setTheme(value),
    })),
  ]);
  const close = (): void => setShown(null);
  return (
    <>
      {shown === 'palette' && <Palette onClose={close} />}
      {shown === 'keys' && <CheatSheet onClose={close} />}
      {shown === 'about' && <About onClose={close} />}
    </>
  );
}
