import type { Label, LabelPattern, LinkType, Schema } from '../api/annotation.ts';
import { MedspanError } from '../api/errors.ts';
import type { ReadableDatabase } from '../storage/connection.ts';
import { queries } from './queries.ts';

/** Okabe and Ito's colours without black, the two of the first labels in front. */
const colours = ['#D55E00', '#0072B2', '#009E73', '#CC79A7', '#E69F00', '#56B4E9', '#F0E442'] as const;
const patterns: readonly LabelPattern[] = ['solid', 'dashed', 'dotted', 'double', 'wavy'];

export function readSchema(db: ReadableDatabase): Schema {
  const sql = queries(db);
  return { labels: sql.labels.all(), linkTypes: sql.linkTypes.all() };
}

/** The link types that may run from a span of one label to a span of another. */
export function legalTypes(db: ReadableDatabase, fromLabel: number, toLabel: number): readonly LinkType[] {
  return queries(db)
    .linkTypes.all()
    .filter((type) => type.fromLabelId === fromLabel && type.toLabelId === toLabel);
}

/** Colour and pattern that no label has together yet; colours come round again with another pattern. */
function freshLook(labels: readonly Label[]): { colour: string; pattern: LabelPattern } {
  for (const shift of patterns.keys()) {
    for (const [index, colour] of colours.entries()) {
      const pattern = patterns[(index + shift) % patterns.length] ?? 'solid';
      if (shift === 0 && labels.some((label) => label.colour === colour)) continue;
      if (!labels.some((label) => label.colour === colour && label.pattern === pattern)) {
        return { colour, pattern };
      }
    }
  }
  return { colour: colours[labels.length % colours.length] ?? '#0072B2', pattern: 'solid' };
}

function refuseTaken(labels: readonly Label[], name: string, key: string, except: number | null): void {
  for (const label of labels) {
    if (label.id === except) continue;
    if (label.name.toLowerCase() === name.toLowerCase()) {
      throw new MedspanError('CONFLICT', `There is a label ${label.name} already; choose another name.`);
    }
    if (label.key === key) {
      throw new MedspanError(
        'CONFLICT',
        `The key ${key.toUpperCase()} tags ${label.name} already; choose another key.`,
      );
    }
  }
}

export interface NewLabel {
  readonly name: string;
  readonly key: string;
  readonly role: Label['role'];
  readonly colour?: string | undefined;
  readonly pattern?: LabelPattern | undefined;
  readonly definition: string;
}

export function addLabel(db: ReadableDatabase, input: NewLabel): Label {
  return db
    .transaction((): Label => {
      const sql = queries(db);
      const labels = sql.labels.all();
      refuseTaken(labels, input.name, input.key, null);
      const look = freshLook(labels);
      const { lastInsertRowid } = sql.insertLabel.run(
        input.name,
        input.role,
        input.key,
        input.colour ?? look.colour,
        input.pattern ?? look.pattern,
        input.definition,
      );
      return mustLabel(db, Number(lastInsertRowid));
    })
    .immediate();
}

export type LabelChange = { readonly [Field in keyof NewLabel]?: NewLabel[Field] | undefined } & {
  readonly labelId: number;
};

export function changeLabel(db: ReadableDatabase, input: LabelChange): Label {
  return db
    .transaction((): Label => {
      const before = mustLabel(db, input.labelId);
      const name = input.name ?? before.name;
      const key = input.key ?? before.key;
      const sql = queries(db);
      refuseTaken(sql.labels.all(), name, key, before.id);
      sql.updateLabel.run(
        name,
        input.role ?? before.role,
        key,
        input.colour ?? before.colour,
        input.pattern ?? before.pattern,
        input.definition ?? before.definition,
        before.id,
      );
      return mustLabel(db, before.id);
    })
    .immediate();
}

export function addLinkType(
  db: ReadableDatabase,
  input: { readonly name: string; readonly fromLabelId: number; readonly toLabelId: number },
): LinkType {
  const sql = queries(db);
  mustLabel(db, input.fromLabelId);
  mustLabel(db, input.toLabelId);
  if (sql.linkTypes.all().some((type) => type.name.toLowerCase() === input.name.toLowerCase())) {
    throw new MedspanError('CONFLICT', `There is a link type ${input.name} already; choose another name.`);
  }
  const { lastInsertRowid } = sql.insertLinkType.run(input.name, input.fromLabelId, input.toLabelId);
  return { id: Number(lastInsertRowid), ...input };
}

function mustLabel(db: ReadableDatabase, labelId: number): Label {
  const label = queries(db).label.get(labelId);
  if (!label) throw new MedspanError('NOT_FOUND', `Label ${labelId} is not in the schema of this workspace.`);
  return label;
}

const spareKeys = [...'123456789abcefghijkmnopqrsuvwxyz0'];

/** The label of a name, made with a spare key where an import brings a name that the schema lacks. */
export function labelNamed(db: ReadableDatabase, name: string): Label {
  const labels = queries(db).labels.all();
  const known = labels.find((label) => label.name.toLowerCase() === name.toLowerCase());
  if (known) return known;
  const initial = name.toLowerCase().match(/[a-z]/)?.[0];
  const key = [...(initial ? [initial] : []), ...spareKeys].find(
    (one) => !labels.some((label) => label.key === one) && one !== 'l',
  );
  if (key === undefined) {
    throw new MedspanError(
      'NOT_ALLOWED',
      'No key is left for another label; map some labels onto each other.',
    );
  }
  return addLabel(db, { name, key, role: 'other', definition: '' });
}
