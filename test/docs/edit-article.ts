import { DEMO_SOURCE, loadDemoDocuments } from '../../src/demo/demo-documents.ts';
import { importDocuments } from '../../src/ingest/import-documents.ts';
import { linesOf } from '../support/import-lines.ts';
import type { DemoGateway } from './demo-gateway.ts';

/** Gives an article of the English desk another headline, as an import does, and waits until the gateway knows. */
export const editHeadline = async ({ app, clock }: DemoGateway, sourceId: string, headline: string): Promise<void> => {
  for await (const document of loadDemoDocuments(clock.now())) {
    if (document['edition'] !== 'en' || document['sourceId'] !== sourceId) continue;
    const { database, config } = app;
    const { bad } = await importDocuments(
      { database, editions: config.editions, clock },
      linesOf([{ ...document, headline }]),
      { source: DEMO_SOURCE },
    );
    if (bad[0] !== undefined) throw new Error(bad[0].reason);
    await app.changes.step();
    return;
  }
  throw new Error(`The demo has no ${sourceId}`);
};
