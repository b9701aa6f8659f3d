import type { PGlite } from '@electric-sql/pglite';
import type { EmbeddedResult } from './embedded-messages.ts';
import { createStatementNames, isNameLost } from './statement-names.ts';
import { sqlStateOf } from './store-failure.ts';

/** Runs one statement, its values in PostgreSQL's text form. */
export type RunStatement = (text: string, values: readonly (string | null)[]) => Promise<EmbeddedResult>;

/** The kinds of statements that can be prepared. */
const PREPARABLE = /^\s*(?:SELECT|WITH|INSERT|UPDATE|DELETE)\b/i;

const literal = (value: string | null): string => (value === null ? 'NULL' : `'${value.replaceAll("'", "''")}'`);

/**
 * Runs statements on `engine`, one at a time: what comes with values is prepared once. Planning is most of a short
 * statement's time here, where it is done by WebAssembly.
 */
export const createStatementRunner = (engine: Pick<PGlite, 'exec' | 'query'>): RunStatement => {
  const names = createStatementNames();
  const prepared = new Set<string>();

  const execute = async (text: string) => (await engine.exec(text, { rowMode: 'array' })).at(-1);
  const runPlain = (text: string, values: readonly (string | null)[]) =>
    values.length === 0 ? execute(text) : engine.query(text, [...values], { rowMode: 'array' });
  const runPrepared = async (name: string, text: string, values: readonly (string | null)[]) => {
    if (!prepared.has(name)) await engine.exec(`PREPARE ${name} AS ${text}`);
    prepared.add(name);
    try {
      return await execute(`EXECUTE ${name} (${values.map(literal).join(', ')})`);
    } catch (error) {
      if (!isNameLost(sqlStateOf(error))) throw error;
      // A migration has changed what it gives.
      prepared.delete(name);
      await engine.exec(`DEALLOCATE ${name}`);
      return await runPlain(text, values);
    }
  };

  return async (text, values) => {
    const name = values.length > 0 && PREPARABLE.test(text) ? names.of(text) : undefined;
    const answer = await (name === undefined ? runPlain(text, values) : runPrepared(name, text, values));
    return {
      command: answer?.command ?? '',
      fields: answer?.fields.map(({ name: field, dataTypeID }) => ({ name: field, typeId: dataTypeID })) ?? [],
      rows: (answer?.rows ?? []) as unknown as EmbeddedResult['rows'],
    };
  };
};
