/**
 * What a sitemap of many stories takes, first made and then out of the cache:
 *
 *   npm run bench:sitemap -- [stories]
 *
 * All of them are of one minute, so that one part holds them. It is read over a socket, and the heap looked at, garbage
 * collected, every tenth of the way. Runs on an embedded database in memory, which has a thread and a heap of its own.
 */
import { createApp } from '../../src/app.ts';
import { loadConfig } from '../../src/config/load.ts';
import { createEmbeddedDatabase } from '../../src/database/create-embedded-database.ts';
import { migrate } from '../../src/database/migrate.ts';
import { demoConfigFile } from '../../src/demo/demo-files.ts';
import { migrationsDirectory } from '../../src/stores/postgres/migrations-directory.ts';
import { writeArticles } from '../support/content-rows.ts';

const COUNT = Number(process.argv[2] ?? 50_000);
const MINUTE = Date.parse('2026-11-23T12:00:00Z');
const CHUNK = 1_000;
const MEGABYTE = 1024 * 1024;
const { gc } = globalThis;
if (gc === undefined) throw new Error('Run it with --expose-gc');

const database = await createEmbeddedDatabase({});
await migrate(database, migrationsDirectory);
const config = loadConfig({
  variables: {
    PORT: '0',
    LOG_LEVEL: 'silent',
    MEMORY_TIER_MEGABYTES: '8',
    ENTITY_TIER_MEGABYTES: '8',
    PROBE_SECONDS: '0',
  },
  demoFile: demoConfigFile,
});
for (let from = 0; from < COUNT; from += CHUNK) {
  const indexes = Array.from({ length: Math.min(CHUNK, COUNT - from) }, (_, index) => from + index);
  await writeArticles(
    database,
    (['EN', 'AR'] as const).flatMap((edition) =>
      indexes.map((index) => ({
        edition,
        key: `story-${index}`,
        publishedAt: MINUTE + index,
        translationGroup: `story:${index}`,
      })),
    ),
  );
}
const app = await createApp(config, database);
const port = await app.start();

const heapMegabytes = (): number => {
  gc();
  return process.memoryUsage().heapUsed / MEGABYTE;
};

const read = async (name: string): Promise<void> => {
  const begun = performance.now();
  const heaps = [heapMegabytes()];
  const response = await fetch(`http://localhost:${port}/sitemaps/${name}.xml`, {
    headers: { 'accept-encoding': 'identity' },
  });
  let [bytes, urls] = [0, 0];
  for await (const chunk of response.body ?? []) {
    const text = Buffer.from(chunk as Uint8Array).toString('latin1');
    bytes += text.length;
    const before = urls;
    urls += text.split('<url>').length - 1;
    const isTenth = Math.floor((urls * 10) / COUNT) > Math.floor((before * 10) / COUNT);
    if (isTenth) heaps.push(heapMegabytes());
  }
  const seconds = (performance.now() - begun) / 1000;
  console.log(
    `${name}: ${response.status}, ${urls} addresses, ${(bytes / MEGABYTE).toFixed(1)} MB in ${seconds.toFixed(1)} s; ` +
      `heap in MB on the way: ${heaps.map((heap) => heap.toFixed(0)).join(' ')}`,
  );
};

console.log(`Node ${process.version}, ${COUNT} stories in two editions`);
await read('en');
await read('en-2026-11-23T12-00');
await read('en-2026-11-23T12-00');
await app.close();
await database.close();
