import { Button, Callout } from '@blueprintjs/core';
import type { Alert } from '../../workers/api/monitoring.ts';
import { call } from '../engine-client/engine.ts';
import { useQuery } from '../engine-client/use-query.ts';
import { navigate, routeOf } from '../ui/navigation.ts';
import { Time } from '../ui/Time.tsx';
import { showError } from '../ui/toaster.ts';

/** Alerts that still wait for an answer. */
export function AlertList() {
  const { data } = useQuery('monitoring.alerts', {}, { refreshOn: ['monitoring.changed', 'alert.raised'] });
  const open = data?.filter(({ state }) => state !== 'resolved') ?? [];
  return open.map((alert) => <AlertCard key={alert.id} alert={alert} />);
}

function AlertCard({ alert }: { readonly alert: Alert }) {
  const set = (state: Alert['state']): void => {
    call('monitoring.setAlert', { alertId: alert.id, state }).catch(showError);
  };
  const { reportId } = alert;
  return (
    <Callout icon="warning-sign" intent={alert.state === 'open' ? 'warning' : 'none'} className="alert-card">
      <h2>{alert.state === 'open' ? 'Alert' : 'Alert, acknowledged'}</h2>
      <p>
        {alert.message} <Time at={alert.createdAt} />
      </p>
      <div className="alert-acts">
        <Button size="small" text="See retraining" onClick={() => navigate('/pipelines')} />
        {reportId !== null && (
          <Button
            size="small"
            text="See report"
            onClick={() => navigate(routeOf('monitoring', 'report', reportId))}
          />
        )}
        {alert.state === 'open' && (
          <Button size="small" text="Acknowledge" onClick={() => set('acknowledged')} />
        )}
        <Button size="small" text="Resolve" onClick={() => set('resolved')} />
      </div>
    </Callout>
  );
}
