import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Database } from '../../../src/database/database.ts';
import { beginLook } from '../../../src/ingest/index/story-rows.ts';
import { createTestDatabase } from '../../support/test-database.ts';

const DESK = { edition: 'EN', sourceName: 'desk', lagSeconds: 5 } as const;
/** More than enough that processes meet between looking for a row and writing it. */
const STORIES = 300;
const PROCESSES = 8;

describe('beginLook', () => {
  let database: Database;
  beforeAll(async () => {
    database = await createTestDatabase('postgres');
  });
  afterAll(() => database.close());

  it('lets any number of processes begin at once with a story that nobody has looked at', async () => {
    for (let story = 0; story < STORIES; story += 1) {
      const looks = await Promise.all(
        Array.from({ length: PROCESSES }, () => beginLook(database, DESK, [String(story)])),
      );
      expect(new Set(looks.flat().map(({ look }) => look)).size).toBe(PROCESSES);
    }
  });
});
