import { Button, Menu, MenuItem, PopoverNext } from '@blueprintjs/core';
import type { IconName } from '@blueprintjs/core';
import type { ThemeChoice } from '../../../workers/api/desktop.ts';
import { setTheme, useThemeChoice } from '../../ui/theme.ts';

export const themes: readonly {
  readonly value: ThemeChoice;
  readonly title: string;
  readonly icon: IconName;
}[] = [
  { value: 'system', title: 'As the system', icon: 'desktop' },
  { value: 'light', title: 'Light', icon: 'flash' },
  { value: 'dark', title: 'Dark', icon: 'moon' },
];

export function ThemeSwitch() {
  const choice = useThemeChoice();
  const current = themes.find(({ value }) => value === choice);
  return (
    <PopoverNext
      placement="bottom-end"
      content={
        <Menu>
          {themes.map(({ value, title, icon }) => (
            <MenuItem
              key={value}
              icon={icon}
              text={title}
              roleStructure="listoption"
              selected={value === choice}
              onClick={() => setTheme(value)}
            />
          ))}
        </Menu>
      }
    >
      <Button
        variant="minimal"
        icon={current?.icon ?? 'desktop'}
        aria-label={`Theme: ${current?.title ?? ''}`}
        title="Theme"
      />
    </PopoverNext>
  );
}
