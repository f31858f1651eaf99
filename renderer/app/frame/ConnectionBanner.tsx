import { useEffect, useState } from 'react';
import { Icon } from '@blueprintjs/core';
import { useConnection } from '../../engine-client/use-connection.ts';
import './frame.css';

const patienceMs = 15_000;

/** Says that the engine ended, what was kept, and that it is coming back; or what to do when it is not. */
export function ConnectionBanner() {
  const connection = useConnection();
  const [late, setLate] = useState(false);
  useEffect(() => {
    if (connection !== 'down') return;
    const timer = setTimeout(() => setLate(true), patienceMs);
    return () => {
      clearTimeout(timer);
      setLate(false);
    };
  }, [connection]);
  if (connection !== 'down') return null;
  return (
    <div className="banner banner-warning" role="alert">
      <Icon icon="warning-sign" aria-hidden />
      <span>
        {late
          ? 'The engine has ended several times and was not started again. Everything shown as saved is in the workspace file. Close Medspan and open it again.'
          : 'The engine ended unexpectedly and is being started again. Everything shown as saved is in the workspace file; an act under way may have to be repeated.'}
      </span>
    </div>
  );
}
