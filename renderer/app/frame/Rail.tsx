import { Icon } from '@blueprintjs/core';
import type { IconName } from '@blueprintjs/core';
import { areas } from '../areas.ts';

const entries: readonly { readonly id: string; readonly title: string; readonly icon: IconName }[] = [
  { id: 'home', title: 'Home', icon: 'home' },
  ...areas,
];

/** Home and the seven areas, each with icon and word. */
export function Rail({ area }: { readonly area: string }) {
  return (
    <nav className="rail" aria-label="Areas">
      {entries.map(({ id, title, icon }) => (
        <a
          key={id}
          href={id === 'home' ? '#/' : `#/${id}`}
          className="rail-entry"
          aria-current={id === area ? 'page' : undefined}
        >
          <Icon icon={icon} size={20} aria-hidden />
          <span>{title}</span>
        </a>
      ))}
    </nav>
  );
}
