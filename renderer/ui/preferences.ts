import { useCallback, useEffect, useState } from 'react';
import type { Json } from '../../workers/api/common.ts';

const known = new Map<string, Json>();

/**
 * A small setting of this machine's user, kept by the system around the window: panel sizes, key bindings. What
 * cannot be read as the caller expects counts as not set.
 */
export function usePreference<Value extends Json>(
  key: string,
  initial: Value,
  isValid: (value: Json) => value is Value,
): readonly [Value, (value: Value) => void] {
  const [value, setValue] = useState<Value>(() => {
    const kept = known.get(key);
    return kept !== undefined && isValid(kept) ? kept : initial;
  });
  useEffect(() => {
    if (known.has(key)) return;
    let gone = false;
    void window.medspan.preference(key).then((kept) => {
      if (gone || kept === null || !isValid(kept)) return;
      known.set(key, kept);
      setValue(kept);
    });
    return () => {
      gone = true;
    };
  }, [key, isValid]);
  const keep = useCallback(
    (next: Value) => {
      known.set(key, next);
      setValue(next);
      void window.medspan.setPreference(key, next);
    },
    [key],
  );
  return [value, keep];
}
