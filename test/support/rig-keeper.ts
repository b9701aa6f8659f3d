import type { Database } from '../../src/database/database.ts';
import { createIndexKeeper, type IndexKeeper, type IndexKeeperOptions } from '../../src/ingest/index/index-keeper.ts';
import type { IndexRig } from './index-rig.ts';

type Chosen = 'database' | 'clock' | 'desk' | 'indexer';

/** The keeper of a rig's desk, of which nobody is told anything but what `options` say. */
export const createRigKeeper = (
  database: Database,
  rig: IndexRig,
  options: Partial<Omit<IndexKeeperOptions, Chosen>> & Pick<IndexKeeperOptions, 'sweepSeconds' | 'inventorySeconds'>,
): IndexKeeper =>
  createIndexKeeper({
    database,
    clock: rig.clock,
    desk: rig.indexed,
    source: rig.desk.source,
    indexer: rig.indexer,
    onProgress: () => undefined,
    onBuilt: () => undefined,
    onSuspicion: () => undefined,
    onStrangers: () => undefined,
    onFailure: () => undefined,
    onRecovery: () => undefined,
    ...options,
  });
