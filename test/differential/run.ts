/**
 * Generated operations run by graphql-js and by plans, over the demo newsroom with stores that fail and over a graph in which
 * everything goes wrong everywhere:
 *
 *   npm run test:differential -- [operations, default 100,000] [seed]
 *
 * Half of the operations are asked of each. Every fifth is asked five times, the others once or twice.
 *
 * Exit status 1 and the operation when one was answered differently.
 */
import { createEmbeddedDatabase } from '../../src/database/create-embedded-database.ts';
import { migrate } from '../../src/database/migrate.ts';
import { migrationsDirectory } from '../../src/stores/postgres/migrations-directory.ts';
import { loadConfig } from '../../src/config/load.ts';
import { demoConfigFile } from '../../src/demo/demo-files.ts';
import { askRandomOperations, type Asked } from './ask-random-operations.ts';
import { createContentRig } from './content-rig.ts';
import { createHandMadeRig } from './hand-made-rig.ts';

const [count = 100_000, seed = Date.now() % 1_000_000] = process.argv.slice(2).map(Number);

const config = loadConfig({
  variables: { PUBLIC_URL: 'https://news.example', LOG_LEVEL: 'silent' },
  demoFile: demoConfigFile,
});
const database = await createEmbeddedDatabase();
await migrate(database, migrationsDirectory);

for (const [name, rig] of [
  ['the newsroom', await createContentRig({ config, database })],
  ['the hand-made graph', await createHandMadeRig()],
] as const) {
  const began = performance.now();
  const seconds = (): string => ((performance.now() - began) / 1000).toFixed(0);
  const told = ({ operations, answers }: Asked): string =>
    `${operations} operations, ${answers} answers, ${seconds()} s`;
  const { difference, ...asked } = await askRandomOperations(rig, {
    count: Math.ceil(count / 2),
    seed,
    onProgress: (far) => console.log(`${name}: ${told(far)}`),
  });
  await rig.close();
  console.log(`${name}, seed ${seed}: ${difference ?? 'no difference'}\n${told(asked)}`);
  if (difference !== undefined) process.exitCode = 1;
}
await database.close();
