/**
 * What readers notice when one of two stores is killed, hangs, loses its connections or is slow:
 *
 *   npm run demo:faults -- [milliseconds per fault] [readers]
 *
 * Starts two PostgreSQL servers, one behind a wire that breaks, and a real gateway whose Arabic edition lives in that one.
 */
import { cpus, loadavg } from 'node:os';
import { readRelease } from '../../src/config/read-release.ts';
import { startPostgres } from '../support/services.ts';
import { measureFaults } from './store-faults/measure-faults.ts';

const [FAULT_MS = 5_000, READERS = 8] = process.argv.slice(2).map(Number);

const servers = await Promise.all([startPostgres(), startPostgres()]);
try {
  const [london, beirut] = servers;
  const rows = await measureFaults({
    londonUrl: london.url,
    beirutUrl: beirut.url,
    faultMs: FAULT_MS,
    readers: READERS,
  });
  console.log(
    `Masthead ${readRelease()}, Node ${process.version}, ${cpus().length} processors, load ${loadavg()[0]?.toFixed(1)}`,
  );
  console.log(
    `${READERS} readers, pages over three editions that nobody asked for before; the store of one fails for ${FAULT_MS} ms\n`,
  );
  console.table(
    Object.fromEntries(
      rows.map(({ fault, said, logged, ...row }) => [
        fault,
        { ...row, said: said.join(', ') || 'nothing', logged: `${logged[0]} sick, ${logged[1]} well` },
      ]),
    ),
  );
} finally {
  await Promise.all(servers.map((server) => server.stop()));
}
