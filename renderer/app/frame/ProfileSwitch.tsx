import { Button, FormGroup, InputGroup, Menu, MenuDivider, MenuItem, PopoverNext } from '@blueprintjs/core';
import { useState } from 'react';
import type { Profile } from '../../../workers/api/workspace.ts';
import { call } from '../../engine-client/engine.ts';
import { useQuery } from '../../engine-client/use-query.ts';
import { showError } from '../../ui/toaster.ts';

/** In whose name everything is recorded from now on. */
export function ProfileSwitch({ profile }: { readonly profile: Profile }) {
  return (
    <PopoverNext placement="bottom-end" content={<ProfileList profile={profile} />}>
      <Button
        variant="minimal"
        icon="person"
        className="profile-switch"
        text={profile.name}
        aria-label={`Annotator: ${profile.name}`}
        title="Spans, runs and promotions are recorded in this name"
      />
    </PopoverNext>
  );
}

function ProfileList({ profile }: { readonly profile: Profile }) {
  const { data } = useQuery('workspace.profiles', {});
  const [name, setName] = useState('');
  const use = (chosen: string): void => {
    call('workspace.useProfile', { name: chosen }).catch(showError);
  };
  return (
    <div className="profile-list">
      <Menu aria-label="Annotators">
        {(data ?? [profile]).map((each) => (
          <MenuItem
            key={each.id}
            icon={each.id === profile.id ? 'tick' : 'blank'}
            text={each.name}
            onClick={() => use(each.name)}
          />
        ))}
        <MenuDivider />
      </Menu>
      <form
        className="profile-new"
        onSubmit={(event) => {
          event.preventDefault();
          if (name.trim() !== '') use(name.trim());
          setName('');
        }}
      >
        <FormGroup label="Someone else" labelFor="profile-name">
          <InputGroup
            id="profile-name"
            size="small"
            maxLength={80}
            value={name}
            onValueChange={setName}
            rightElement={
              <Button
                type="submit"
                size="small"
                variant="minimal"
                text="Switch"
                disabled={name.trim() === ''}
              />
            }
          />
        </FormGroup>
      </form>
    </div>
  );
}
