import { BlueprintProvider, OverlayToaster } from '@blueprintjs/core';
import { useEffect } from 'react';
import { mountToaster } from '../ui/toaster.ts';
import { Skeleton } from '../ui/Skeleton.tsx';
import { ConnectionBanner } from './frame/ConnectionBanner.tsx';
import { ErrorBoundary } from './frame/ErrorBoundary.tsx';
import { Frame } from './frame/Frame.tsx';
import { GlobalCommands } from './frame/GlobalCommands.tsx';
import { startHotkeys } from './keys/hotkeys.ts';
import { StartScreen } from './start/StartScreen.tsx';
import { RecoveryKeyDialog } from './workspace/RecoveryKeyDialog.tsx';
import { useWorkspace } from './workspace/use-workspace.ts';
import './app.css';

/** What stands in the window: the workbench of an open workspace, or the way to one. */
export function App() {
  useEffect(startHotkeys, []);
  return (
    <BlueprintProvider>
      <div className="app">
        <ConnectionBanner />
        <ErrorBoundary name="Medspan">
          <Shown />
          <GlobalCommands />
          <RecoveryKeyDialog />
        </ErrorBoundary>
      </div>
      <OverlayToaster ref={mountToaster} position="bottom-right" maxToasts={4} />
    </BlueprintProvider>
  );
}

function Shown() {
  const { state, returning } = useWorkspace();
  const workspace = state?.state === 'open' ? state.workspace : returning;
  if (workspace !== null) return <Frame key={workspace.path} workspace={workspace} />;
  if (state === undefined || state.state === 'open') return <Skeleton label="Starting" />;
  return <StartScreen state={state} />;
}
