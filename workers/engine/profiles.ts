import type { Profile } from '../api/workspace.ts';
import type { WritableDatabase } from '../storage/connection.ts';

export interface Profiles {
  readonly current: () => Profile;
  list(): readonly Profile[];
  use(name: string): Profile;
}

/** The people who work on this file. The last one chosen acts again at the next start. */
export function createProfiles(db: WritableDatabase, now: () => number, systemUser: string): Profiles {
  const byName = db.prepare<[string], Profile>('SELECT id, name FROM profile WHERE name = ?');
  const add = db.prepare<[string, number]>('INSERT INTO profile (name, created_at) VALUES (?, ?)');
  const list = db.prepare<[], Profile>('SELECT id, name FROM profile ORDER BY name');
  const remembered = db
    .prepare<[], string>(`SELECT json_extract(value, '$') FROM setting WHERE key = 'profile.current'`)
    .pluck();
  const remember = db.prepare<[string]>(
    `INSERT INTO setting (key, value) VALUES ('profile.current', json_quote(?))
     ON CONFLICT (key) DO UPDATE SET value = excluded.value`,
  );

  const choose = db.transaction((name: string): Profile => {
    if (byName.get(name) === undefined) add.run(name, now());
    if (remembered.get() !== name) remember.run(name);
    return byName.get(name) as Profile;
  });

  let current = choose.immediate(remembered.get() ?? systemUser);
  return {
    current: (): Profile => current,
    list: (): readonly Profile[] => list.all(),
    use(name: string): Profile {
      current = choose.immediate(name);
      return current;
    },
  };
}
