import { createAppender } from '../../../src/changes/appender.ts';
import type { Caller } from '../../../src/content/caller.ts';
import type { EditionCode } from '../../../src/content/edition.ts';
import { idOf, type ArticleId } from '../../../src/content/ids.ts';
import { manifestOf, type Manifest } from '../../../src/content/manifest.ts';
import type { Plan } from '../../../src/content/plan.ts';
import type { Database } from '../../../src/database/database.ts';
import { createIntake } from '../../../src/ingest/intake.ts';
import { saveDeliveries } from '../../../src/partners/deliveries/save-deliveries.ts';
import { createPlan } from '../../content/create-plan.ts';
import { RIG_START } from '../../support/ingest-rig.ts';
import { createDeltasRig, type DeltasRig } from './deltas-rig.ts';
import { emptyTables } from './empty-tables.ts';

export interface RecallRig extends DeltasRig {
  /** Writes down that `partnerId` was given `id`. */
  give(partnerId: string, id: ArticleId, version?: number): Promise<void>;
  /** As `POST /changes` does. */
  report(kind: 'KILL' | 'PUBLISH' | 'UPDATE', id: ArticleId): Promise<void>;
  /** What a partner, or null for the public, is told from `after` on. */
  hear(
    partnerId: string | null,
    rest?: { readonly after?: string; readonly editions?: readonly EditionCode[] },
    plan?: Partial<Plan>,
  ): Promise<{ readonly told: readonly string[]; readonly urls: readonly string[]; readonly cursor: string }>;
  readonly callerOfPartner: (partnerId: string, plan?: Plan) => Caller;
}

/** Of a store that is asked directly: no row says how it stands. */
export const foreign = (name: string, edition: EditionCode = 'EN'): ArticleId =>
  idOf.article(edition, 'elsewhere', name);

/** Deltas of partners that are given articles, over an empty database. */
export const createRecallRig = async (database: Database): Promise<RecallRig> => {
  await emptyTables(database);
  await database.query('TRUNCATE deliveries, manifests, held_versions');
  const rig = await createDeltasRig(database);
  let requests = 0;
  const callerOfPartner: RecallRig['callerOfPartner'] = (partnerId, plan = createPlan()) => ({
    audience: `of-${partnerId}`,
    partner: { id: partnerId, name: partnerId },
    plan,
  });
  return {
    ...rig,
    callerOfPartner,
    async give(partnerId, id, version = 1) {
      const manifest = manifestOf([[id, version, 2]]) as Manifest;
      const { digest } = manifest;
      const when = { first_at: RIG_START, last_at: RIG_START, times: 1 };
      const row = { partner_id: partnerId, via: 'query', digest, ...when } as const;
      await saveDeliveries(database, { deliveries: [row], manifests: [manifest] });
    },
    async report(kind, articleId) {
      const edition = articleId.slice(4, 6).toUpperCase() as EditionCode;
      const changes = await createIntake(database).mapReports([{ kind, articleId, edition }]);
      await createAppender({ database }).append(`request-${(requests += 1)}`, changes, RIG_START);
    },
    async hear(partnerId, rest = {}, plan = {}) {
      await rig.step();
      const caller = partnerId === null ? {} : { caller: callerOfPartner(partnerId, createPlan(plan)) };
      const { changes, cursor } = await rig.read({ ...caller, ...rest });
      return {
        told: changes.map(({ change }) => `${change.kind} ${change.articleId} v${change.version}`),
        urls: changes.map(({ change }) => change.url),
        cursor,
      };
    },
  };
};
