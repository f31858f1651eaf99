import { Dialog, DialogBody } from '@blueprintjs/core';
import { useEffect, useState } from 'react';
import type { About as AboutFacts } from '../../../workers/api/desktop.ts';

/** Versions, and the count that shows that nothing leaves the machine. */
export function About({ onClose }: { readonly onClose: () => void }) {
  const [facts, setFacts] = useState<AboutFacts | null>(null);
  useEffect(() => {
    let gone = false;
    void window.medspan.about().then((answer) => !gone && setFacts(answer));
    return () => {
      gone = true;
    };
  }, []);
  return (
    <Dialog isOpen title="About Medspan" onClose={onClose} className="about">
      <DialogBody>
        <p>A workbench for clinical notes that keeps everything on this machine.</p>
        {facts !== null && (
          <dl>
            <dt>Version</dt>
            <dd>{facts.version}</dd>
            <dt>Electron</dt>
            <dd>{facts.electron}</dd>
            <dt>Chromium</dt>
            <dd>{facts.chromium}</dd>
            <dt>Node</dt>
            <dd>{facts.node}</dd>
            <dt>Network requests tried and cancelled</dt>
            <dd>{facts.cancelledRequests}</dd>
          </dl>
        )}
      </DialogBody>
    </Dialog>
  );
}
