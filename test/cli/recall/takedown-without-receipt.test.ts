import { expect, it, onTestFinished } from 'vitest';
import { pickFreePort } from '../../../src/cli/pick-free-port.ts';
import { createPostgresDatabase } from '../../../src/database/create-postgres-database.ts';
import { runMasthead } from '../../support/run-masthead.ts';
import { createPostgresTestUrl } from '../../support/test-database.ts';

const ID = 'art_en_00000000000000000000';

it('says that a story is taken down where its receipt cannot be made', { timeout: 30_000 }, async () => {
  const { url, drop } = await createPostgresTestUrl();
  onTestFinished(drop);
  const database = createPostgresDatabase({ url, maxConnections: 1 });
  await database.query('DROP TABLE delta_places');
  await database.close();
  const variables = { DATABASE_URL: url, PORT: String(await pickFreePort()) };
  const ordered = await runMasthead(['takedown', ID, '--reason', 'It is wrong'], { variables }).ended;
  expect(ordered.exitStatus).toBe(1);
  expect(ordered.stdout).toMatch(/Recorded as change 1: nobody answers from before it any more/);
  expect(ordered.stderr).toMatch(
    /^It is taken down, but its receipt cannot be made now: .*\. Ask for it by --receipt$/m,
  );
  const asked = await runMasthead(['takedown', ID, '--receipt'], { variables }).ended;
  expect(asked.exitStatus).toBe(1);
  expect(asked.stderr).not.toContain('It is taken down');
});
