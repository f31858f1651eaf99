/** Step "electron": MEDSPAN_ELECTRON, else the official binary, else the fallback; then this checkout's copy of it. */
import type { Step } from './steps.mjs';
import { SetupError } from './steps.mjs';
import { prepareCheckout } from './checkout.ts';
import { fallbackFits, fallbackRuntime } from './electron-fallback.ts';
import { fetchOfficial, givenRuntime, presentOfficial } from './electron-official.ts';
import { describeRuntime, type Runtime } from './electron-runtime.ts';

export interface Chosen {
  runtime: Runtime;
  note: string;
  did: boolean;
}

/** The Electron step; `retry` asks again for an official binary that could not be fetched before. */
export function electronStep(retry = false): Step {
  return {
    name: 'electron',
    async run() {
      const { runtime, note, did } = await chooseElectron(retry);
      const made = await prepareCheckout(runtime);
      return { did: did || made, note };
    },
  };
}

export async function chooseElectron(retry: boolean): Promise<Chosen> {
  const given = process.env['MEDSPAN_ELECTRON'];
  if (given) {
    try {
      const runtime = givenRuntime(given);
      return { runtime, note: describeRuntime(runtime), did: false };
    } catch (error) {
      throw new SetupError(
        `MEDSPAN_ELECTRON does not lead to an Electron that runs: ${(error as Error).message.split('\n')[0]}`,
        'set it to the path of an Electron executable, 33 or newer, or leave it unset',
      );
    }
  }
  const present = presentOfficial();
  if (present && !retry) return { runtime: present, note: describeRuntime(present), did: false };
  const official = await fetchOfficial(retry);
  if (official.runtime) {
    return { runtime: official.runtime, note: describeRuntime(official.runtime), did: true };
  }
  if (!fallbackFits()) {
    throw new SetupError(
      `${official.reason}, and there is no fallback for ${process.platform}-${process.arch}`,
      'connect this machine once and run the command with --retry-electron, or set MEDSPAN_ELECTRON to an Electron executable',
    );
  }
  const { runtime, did } = await fallbackRuntime();
  return {
    runtime,
    note: `${describeRuntime(runtime)} (${official.reason})`,
    did: did || official.tried,
  };
}
