import type { ToastProps, Toaster } from '@blueprintjs/core';
import { MedspanError } from '../../workers/api/errors.ts';
import { wayOut } from './error-words.ts';

let toaster: Toaster | null = null;

/** The frame puts its toaster here once it is mounted. */
export function mountToaster(mounted: Toaster | null): void {
  toaster = mounted;
}

/** Says briefly that something was done; `undo` offers the way back. */
export function showDone(message: string, undo?: () => void): void {
  show({
    message,
    icon: 'tick',
    timeout: 5000,
    ...(undo === undefined ? {} : { action: { text: 'Undo', onClick: undo } }),
  });
}

/** Says what failed, with its code and the way out. What the person cancelled is not a failure. */
export function showError(error: unknown): void {
  const known = error instanceof MedspanError ? error : null;
  if (known?.code === 'CANCELLED') return;
  const code = known?.code ?? 'INTERNAL';
  const message = known?.message ?? 'Something went wrong in this window. Nothing that was saved is lost.';
  const hint = wayOut(code);
  show(
    {
      message: `${message}${hint === null ? '' : ` ${hint}`} (${code})`,
      icon: 'error',
      intent: 'danger',
      timeout: 12_000,
    },
    `${code} ${message}`,
  );
}

function show(toast: ToastProps, key?: string): void {
  toaster?.show(toast, key);
}
