import type { TemplateSet as CrfTemplateSet } from '../../crf-core/index.ts';
import { benchV1Templates, defaultTemplates, validateTemplateSet } from '../../crf-core/index.ts';
import type { Json } from '../api/common.ts';
import { MedspanError } from '../api/errors.ts';
import type { TemplateSet } from '../api/training.ts';
import type { ReadableDatabase } from '../storage/connection.ts';
import { statement } from '../storage/statements.ts';
import { inOurWords } from './crf-errors.ts';

interface StoredTemplateSet {
  readonly id: number;
  readonly name: string;
  readonly definition: string;
  readonly created_at: number;
  readonly run_count: number;
}

/** Sets that come with the app; a workspace made by an earlier version gets new ones when it is opened. */
const shipped: readonly CrfTemplateSet[] = [defaultTemplates, benchV1Templates];

export function seedTemplateSets(db: ReadableDatabase, now: number): void {
  const insert = statement(
    db,
    'INSERT OR IGNORE INTO template_set (name, definition, created_at) VALUES (?, ?, ?)',
  );
  for (const set of shipped) insert.run(set.name, JSON.stringify(set), now);
}

export function listTemplateSets(db: ReadableDatabase): TemplateSet[] {
  return statement<[], StoredTemplateSet>(
    db,
    `SELECT id, name, definition, created_at,
       (SELECT count(*) FROM run WHERE run.template_set ->> '$.name' = template_set.name) AS run_count
     FROM template_set ORDER BY id`,
  )
    .all()
    .map((stored) => ({
      id: stored.id,
      name: stored.name,
      definition: JSON.parse(stored.definition) as Json,
      createdAt: stored.created_at,
      runCount: stored.run_count,
    }));
}

/** The definition as stored, its JSON text. */
export function templateSetText(db: ReadableDatabase, templateSetId: number): string {
  const text = statement<[number], string>(db, 'SELECT definition FROM template_set WHERE id = ?')
    .pluck()
    .get(templateSetId);
  if (text === undefined) {
    throw new MedspanError('NOT_FOUND', `There is no template set ${String(templateSetId)}.`, {
      templateSetId,
    });
  }
  return text;
}

/** Checks a set with crf-core's guard and keeps it; its name goes into the definition too. */
export function saveTemplateSet(
  db: ReadableDatabase,
  name: string,
  definition: unknown,
  now: number,
): TemplateSet {
  let checked: CrfTemplateSet;
  try {
    const named =
      typeof definition === 'object' && definition !== null ? { ...definition, name } : definition;
    checked = validateTemplateSet(named);
  } catch (error) {
    throw inOurWords(error);
  }
  const { changes, lastInsertRowid } = statement(
    db,
    'INSERT OR IGNORE INTO template_set (name, definition, created_at) VALUES (?, ?, ?)',
  ).run(name, JSON.stringify(checked), now);
  if (changes === 0) {
    throw new MedspanError(
      'CONFLICT',
      `There is a template set named “${name}” already, and runs may rest on it. Choose another name.`,
      { name },
    );
  }
  const id = Number(lastInsertRowid);
  return { id, name, definition: checked as unknown as Json, createdAt: now, runCount: 0 };
}
