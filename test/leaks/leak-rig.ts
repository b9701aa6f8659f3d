import { createChanges } from '../../src/changes/changes.ts';
import type { Database } from '../../src/database/database.ts';
import { DEMO_SOURCE, loadDemoDocuments } from '../../src/demo/demo-documents.ts';
import { demoConfigFile } from '../../src/demo/demo-files.ts';
import { loadDemo } from '../../src/demo/load-demo.ts';
import { loadConfig } from '../../src/config/load.ts';
import { importDocuments } from '../../src/ingest/import-documents.ts';
import { readPools, type Pools } from '../support/document-pools.ts';
import { linesOf } from '../support/import-lines.ts';
import { createWoundClock, type WoundClock } from '../support/wound-clock.ts';
import { createTwoServices, type TwoServices, type TwoServicesOptions } from './two-services.ts';

export interface LeakRig extends TwoServices {
  readonly clock: WoundClock;
  readonly pools: Pools;
  /** Changes the headline of one of the demo's articles, whichever `number` falls on. */
  edit(number: number): Promise<void>;
}

const START = Date.UTC(2026, 10, 23, 9);

/** The demo newsroom in `database`, asked through the cache and past it. */
export const createLeakRig = async (
  database: Database,
  options: Pick<TwoServicesOptions, 'toldOf'> = {},
): Promise<LeakRig> => {
  const clock = createWoundClock(START);
  const config = loadConfig({
    variables: { PUBLIC_URL: 'https://news.example', LOG_LEVEL: 'silent' },
    demoFile: demoConfigFile,
  });
  await loadDemo(database, config.editions, clock);
  const changes = createChanges({ database, clock, process: 'leaks', monotonic: () => 0, wall: () => 0 });
  await changes.step();
  const services = await createTwoServices({ config, database, clock, follower: changes.follower, ...options });

  const pools = await readPools(database, config.editions);

  const articles: Record<string, unknown>[] = [];
  for await (const document of loadDemoDocuments(START)) {
    const fields = document as unknown as Record<string, unknown>;
    if (fields['type'] === 'article' && fields['withdrawn'] !== true) articles.push(fields);
  }
  let edits = 0;
  return {
    ...services,
    clock,
    pools,
    async edit(number) {
      edits += 1;
      const article = articles[number % articles.length] ?? {};
      const document = { ...article, headline: `${String(article['headline'])} (${edits})` };
      const { bad } = await importDocuments({ database, editions: config.editions, clock }, linesOf([document]), {
        source: DEMO_SOURCE,
        isStrict: true,
      });
      if (bad[0] !== undefined) throw new Error(bad[0].reason);
      await changes.step();
    },
  };
};
