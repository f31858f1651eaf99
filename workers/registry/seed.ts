import type { WritableDatabase } from '../storage/connection.ts';
import { canonicalJson } from './canonical-json.ts';
import { defaultGates } from './gate-defaults.ts';
import { defaultExamples } from './gates/behaviour-example.ts';
import type { RegistryQueries } from './queries.ts';

/** Gives a new workspace its gates and behavioural examples; what a team has changed or turned off stays. */
export function seedGates(db: WritableDatabase, queries: RegistryQueries): void {
  const known = new Set(queries.gates().map((gate) => gate.name));
  const missing = defaultGates.filter((gate) => !known.has(gate.name));
  if (missing.length === 0) return;
  db.transaction(() => {
    for (const gate of missing) {
      const position = defaultGates.indexOf(gate);
      queries.addGate({ ...gate, settings: canonicalJson(gate.settings), position });
    }
    for (const example of defaultExamples) {
      queries.addExample({ ...example, definition: JSON.stringify(example.definition) });
    }
  }).immediate();
}
