/**
 * What partners pull and are sent, as the holder of every contract, while the world changes under them:
 *
 *   npm run test:outlets -- [rounds, default 3] [seed]
 *
 * Starts a PostgreSQL of its own. Exit status 1 when anybody was given, or told of, what its contract withholds, or was not given what
 * it may have.
 */
import { createPostgresDatabase } from '../../../src/database/create-postgres-database.ts';
import { migrate } from '../../../src/database/migrate.ts';
import { migrationsDirectory } from '../../../src/stores/postgres/migrations-directory.ts';
import { startPostgres } from '../../support/services.ts';
import { OUTLETS, probeOutlets } from './probe-outlets.ts';

const rounds = Number(process.argv[2] ?? 3);
const seed = Number(process.argv[3] ?? Date.now() % 1_000_000);

const service = await startPostgres();
const database = createPostgresDatabase({ url: service.url });
await migrate(database, migrationsDirectory);
const began = performance.now();
const tallies = await probeOutlets(database, { seed, rounds: [rounds, rounds] });
console.log(`seed ${seed}, ${rounds} + ${rounds} rounds, ${((performance.now() - began) / 1000).toFixed(0)} s`);
for (const outlet of OUTLETS) {
  const { answers, hits, leaks } = tallies[outlet];
  console.log(`${outlet}: ${answers} answers, ${hits} out of the cache, ${leaks.length} leaks`);
  for (const leak of leaks.slice(0, 10)) console.log(`  ${leak}`);
}
await database.close();
await service.stop();
process.exitCode = OUTLETS.some((outlet) => tallies[outlet].leaks.length > 0) ? 1 : 0;
