/**
 * Random questions asked through the cache and past it, byte for byte:
 *
 *   npm run test:leaks -- [pairs, default 1,000,000] [seed]
 *
 * Starts a PostgreSQL of its own. Exit status 1 and the question when an answer leaked.
 */
import { createPostgresDatabase } from '../../src/database/create-postgres-database.ts';
import { migrate } from '../../src/database/migrate.ts';
import { migrationsDirectory } from '../../src/stores/postgres/migrations-directory.ts';
import { startPostgres } from '../support/services.ts';
import { createLeakRig } from './leak-rig.ts';
import { askRandomPairs } from './random-pairs.ts';

const pairs = Number(process.argv[2] ?? 1_000_000);
const seed = Number(process.argv[3] ?? Date.now() % 1_000_000);

const service = await startPostgres();
const database = createPostgresDatabase({ url: service.url });
await migrate(database, migrationsDirectory);
const rig = await createLeakRig(database);
const began = performance.now();
const { asked, hits, edits, leak } = await askRandomPairs(rig, {
  pairs,
  seed,
  onProgress: (count) => console.log(`${count} asked, ${((performance.now() - began) / 1000).toFixed(0)} s`),
});
console.log(
  `seed ${seed}: ${asked} pairs, ${hits} out of the cache, ${edits} edits meanwhile, ${((performance.now() - began) / 1000).toFixed(0)} s`,
);
console.log(leak ?? 'no leak');
await rig.close();
await database.close();
await service.stop();
process.exitCode = leak === undefined ? 0 : 1;
