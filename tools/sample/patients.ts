import type { Name } from './names.ts';
import { diseaseName, treatmentName } from './names.ts';
import type { Random } from './random.ts';

export type Part = 'train' | 'dev' | 'test';

/** A person who was never born: three diseases, a treatment for each, and a site where the notes are written. */
export interface Patient {
  readonly id: string;
  readonly part: Part;
  readonly site: string;
  readonly diseases: readonly Name[];
  readonly treatments: readonly Name[];
}

export const sites = ['Northgate', 'Elmbrook', 'Saltmarsh', 'Hilltop'] as const;

export function createPatients(random: Random, count: number): Patient[] {
  return Array.from({ length: count }, (_, index) => {
    const own = random.fork(`patient ${String(index)}`);
    const share = (index * 0.618034) % 1;
    return {
      id: `P${String(index + 1).padStart(4, '0')}`,
      part: share < 0.7 ? 'train' : share < 0.8 ? 'dev' : 'test',
      site: own.pickEarly(sites),
      diseases: [diseaseName(own), diseaseName(own), diseaseName(own)],
      treatments: [treatmentName(own), treatmentName(own), treatmentName(own)],
    };
  });
}
