/**
 * Random questions around the ends of embargoes, by a clock that is wound:
 *
 *   npm run test:boundaries -- [probes, default 100,000] [seed]
 *
 * Starts a PostgreSQL of its own. Exit status 1 when anything was shown early, or late.
 */
import { createPostgresDatabase } from '../../../src/database/create-postgres-database.ts';
import { migrate } from '../../../src/database/migrate.ts';
import { migrationsDirectory } from '../../../src/stores/postgres/migrations-directory.ts';
import { startPostgres } from '../../support/services.ts';
import { probeBoundaries, writeEmbargoes } from './probe-boundaries.ts';
import { createRightsRig } from './rights-rig.ts';

const probes = Number(process.argv[2] ?? 100_000);
const seed = Number(process.argv[3] ?? Date.now() % 1_000_000);
/** At most a page of them, so that one list shows all. */
const COUNT = 90;

const service = await startPostgres();
const database = createPostgresDatabase({ url: service.url });
await migrate(database, migrationsDirectory);
await writeEmbargoes(database, COUNT);
const rig = await createRightsRig(database);
const began = performance.now();
const { probes: asked, hits, early, late } = await probeBoundaries(rig, { count: COUNT, probes, seed });
console.log(
  `seed ${seed}: ${asked} probes around ${COUNT} embargoes, ${hits} out of the cache, ${early.length} early, ${late.length} late, ${((performance.now() - began) / 1000).toFixed(0)} s`,
);
for (const leak of [...early, ...late].slice(0, 10)) console.log(leak);
await rig.close();
await database.close();
await service.stop();
process.exitCode = early.length + late.length === 0 ? 0 : 1;
