import { isInterfaceType, isObjectType, parse, validate } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Database } from '../../src/database/database.ts';
import { MEDIA_TYPES } from '../../src/graphql/executor.ts';
import { createSchema } from '../../src/graphql/schema.ts';
import { createTestDatabase } from '../support/test-database.ts';
import { findLeak } from './compare.ts';
import { coordinateDocuments, FORMS, type CoordinateDocument } from '../support/coordinate-documents.ts';
import { createLeakRig, type LeakRig } from './leak-rig.ts';

const AUDIENCES = ['public', 'gold', 'wire'];
const schema = createSchema();

let database: Database;
beforeAll(async () => {
  database = await createTestDatabase('postgres');
});
afterAll(() => database.close());

const variablesOf = ({ variables }: CoordinateDocument, rig: LeakRig): Record<string, unknown> => {
  const pool = rig.pools.get('EN') ?? {};
  return Object.fromEntries(variables.map((name) => [name, pool[name]?.[0]]));
};

describe('coordinateDocuments', () => {
  it('selects every coordinate that a query can reach, in every form', () => {
    const all = Object.values(schema.getTypeMap())
      .filter((type) => isObjectType(type) || isInterfaceType(type))
      .filter(({ name }) => !/^(__|Mutation$|RecordEngagement)/.test(name))
      .flatMap((type) => Object.keys(type.getFields()).map((field) => `${type.name}.${field}`));
    for (const form of FORMS) {
      const documents = coordinateDocuments(schema, form);
      expect(documents.map(({ coordinate }) => coordinate).toSorted()).toEqual(all.toSorted());
      for (const { query } of documents)
        expect({ query, errors: validate(schema, parse(query)) }).toEqual({ query, errors: [] });
    }
  });
});

describe('a kept answer', () => {
  it.each(FORMS)(
    'is what the gateway says without a cache, for every coordinate and audience: %s',
    async (form) => {
      const rig = await createLeakRig(database);
      const leaks: string[] = [];
      let hits = 0;
      for (const document of coordinateDocuments(schema, form))
        for (const mediaType of MEDIA_TYPES) {
          const questions = AUDIENCES.map((audience) => ({
            query: document.query,
            variables: variablesOf(document, rig),
            audience,
            mediaType,
          }));
          // Everybody first asks for what nobody has, then for what everybody has asked for.
          for (const question of questions) await rig.cached(question);
          for (const question of questions) {
            const cached = await rig.cached(question);
            if (cached.state === 'hit') hits += 1;
            const leak = findLeak(question, cached, await rig.fresh(question));
            if (leak !== undefined) leaks.push(leak);
          }
        }
      await rig.close();
      expect(leaks).toEqual([]);
      expect(hits).toBeGreaterThan(1_000);
    },
    120_000,
  );

  it('is found to have leaked by a version that tells the cache of one audience only', async () => {
    const rig = await createLeakRig(database, { toldOf: () => 'public' });
    const leaks = new Set<string>();
    for (const document of coordinateDocuments(schema, 'plain')) {
      if (!document.coordinate.endsWith('.headline')) continue;
      for (const audience of AUDIENCES) {
        const question = {
          query: document.query,
          variables: variablesOf(document, rig),
          audience,
          mediaType: MEDIA_TYPES[0],
        };
        const leak = findLeak(question, await rig.cached(question), await rig.fresh(question));
        if (leak !== undefined) leaks.add(audience);
      }
    }
    await rig.close();
    expect([...leaks]).toEqual(['gold', 'wire']);
  });
});
