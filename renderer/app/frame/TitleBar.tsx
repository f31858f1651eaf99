import { Button } from '@blueprintjs/core';
import type { WorkspaceInfo } from '../../../workers/api/workspace.ts';
import { KeyHint } from '../../ui/commands/KeyHint.tsx';
import { commands } from '../../ui/commands/registry.ts';
import { JobsButton } from '../jobs/JobsButton.tsx';
import { ProfileSwitch } from './ProfileSwitch.tsx';
import { Saved } from './Saved.tsx';
import { ThemeSwitch } from './ThemeSwitch.tsx';
import { WorkspaceMenu } from './WorkspaceMenu.tsx';

/** Which workspace, when it was saved, what is running, who is working; and the way to everything. */
export function TitleBar({ workspace }: { readonly workspace: WorkspaceInfo }) {
  return (
    <header className="title-bar">
      <div className="title-bar-side">
        <WorkspaceMenu workspace={workspace} />
        <Saved workspace={workspace} />
      </div>
      <button
        type="button"
        className="title-bar-search"
        aria-label="Search or run a command"
        onClick={() => commands.run('palette.open')}
      >
        <span>Search or run a command</span>
        <KeyHint combo="mod+k" />
      </button>
      <div className="title-bar-side title-bar-right">
        <JobsButton />
        <ProfileSwitch profile={workspace.profile} />
        <ThemeSwitch />
        <Button
          variant="minimal"
          icon="key-command"
          aria-label="Keys"
          title="Keys (?)"
          onClick={() => commands.run('help.keys')}
        />
      </div>
    </header>
  );
}
