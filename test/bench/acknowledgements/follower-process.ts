/** A process that follows the log and does nothing else, until its standard input ends. */
import { createChanges } from '../../../src/changes/changes.ts';
import { systemClock } from '../../../src/clock.ts';
import { createPostgresDatabase } from '../../../src/database/create-postgres-database.ts';

const [url = '', name = ''] = process.argv.slice(2);
const database = createPostgresDatabase({ url, maxConnections: 4 });
const changes = createChanges({ database, clock: systemClock, process: name, degradedSeconds: 0 });
await changes.start();
process.stdout.write('ready\n');
for await (const _ of process.stdin);
await changes.close();
await database.close();
