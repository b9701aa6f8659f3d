import { createAppender } from '../../../src/changes/appender.ts';
import { trimDeltas } from '../../../src/changes/trim-deltas.ts';
import type { DeltaPage } from '../../../src/content/delta.ts';
import type { Article } from '../../../src/content/entities.ts';
import type { ArticleId } from '../../../src/content/ids.ts';
import { importDocuments } from '../../../src/ingest/import-documents.ts';
import { createIntake } from '../../../src/ingest/intake.ts';
import { liftTakedown, takeDown } from '../../../src/ingest/takedown.ts';
import { createGate, type Gate } from '../../support/gate.ts';
import { linesOf, testEditions } from '../../support/import-lines.ts';
import { articleLine } from '../../support/ingest-rig.ts';
import type { DeltasRig } from './deltas-rig.ts';
import { AUDIENCES, HALF_HOUR_MS, lineOf, type Action } from './mirror-actions.ts';

/** What may be built wrong: the property must show each. */
export interface Flaws {
  readonly read?: (read: DeltasRig['read'], rig: DeltasRig) => DeltasRig['read'];
  readonly step?: (rig: DeltasRig) => Promise<void>;
  readonly trim?: (rig: DeltasRig) => Promise<void>;
}

/** A world of a few stories, and one partner that mirrors what it may have. */
export interface World {
  readonly rig: DeltasRig;
  readonly flaws: Flaws;
  /** Ids of what each audience could see, ever. */
  readonly everSeen: Map<string, Set<string>>;
  audience: string;
  /** Audiences of all that the mirror holds. */
  held: Set<string>;
  /** Version and right of each article. */
  mirror: Map<string, string>;
  cursor: string | null;
  late: { readonly gate: Gate; readonly done: Promise<unknown> } | undefined;
  kills: number;
}

const noteOf = (rig: DeltasRig, audience: string, article: Article): string | null => {
  const right = rig.sights.get(audience)?.rightOf(article, rig.clock.now()) ?? null;
  return right === null ? null : `${article.version} ${right}`;
};

/** What asking for everything gives `audience` now: version and right by id. */
export const pull = async (world: World, audience: string): Promise<Map<string, string>> =>
  new Map(
    (await world.rig.standing()).flatMap((article) => {
      const note = noteOf(world.rig, audience, article);
      return note === null ? [] : [[article.id, note]];
    }),
  );

const notice = async (world: World): Promise<void> => {
  for (const article of await world.rig.standing())
    for (const audience of AUDIENCES)
      if (noteOf(world.rig, audience, article) !== null) world.everSeen.get(audience)?.add(article.id);
};

const wind = async (world: World, halves: number): Promise<void> => {
  for (let step = 0; step < halves; step += 1) {
    world.rig.clock.wind(HALF_HOUR_MS);
    await notice(world);
  }
};

const commitLate = async (world: World): Promise<void> => {
  world.late?.gate.open();
  await world.late?.done;
  world.late = undefined;
};

/** An import of the other desk, which holds its transaction open. */
const beginLate = async (world: World, headline: string): Promise<void> => {
  const { rig } = world;
  // Embedded there is one connection, which an open transaction has.
  if (world.late !== undefined || rig.database.kind === 'embedded') return;
  const gate = createGate();
  const database: DeltasRig['database'] = {
    ...rig.database,
    transaction: (work, options) =>
      rig.database.transaction(async (transaction) => {
        const result = await work(transaction);
        await gate.pass();
        return result;
      }, options),
  };
  const line = articleLine('late', { edition: 'ar', section: 'world', headline });
  const options = { source: 'cms' };
  const done = importDocuments({ database, editions: testEditions, clock: rig.clock }, linesOf([line]), options);
  world.late = { gate, done };
  await gate.reached;
};

const report = async ({ rig }: World, name: string, kind: 'KILL' | 'PUBLISH'): Promise<void> => {
  const [row] = await rig.database.query<{ id: ArticleId }>('SELECT id FROM articles WHERE source_id = $1', [name]);
  if (row === undefined) return;
  const changes = await createIntake(rig.database).mapReports([{ kind, articleId: row.id, edition: 'EN' }]);
  await createAppender({ database: rig.database }).append(crypto.randomUUID(), changes, rig.clock.now());
};

const apply = (world: World, { changes }: Pick<DeltaPage, 'changes'>): void => {
  const { mirror, audience, rig, held } = world;
  for (const { change } of changes) {
    const { article, articleId, kind } = change;
    if ((article === null) !== (kind === 'KILL')) throw new Error(`A ${kind} has an article, or has none`);
    if (article !== null) mirror.set(articleId, noteOf(rig, audience, article) ?? 'not to be seen');
    else if ([...held].some((one) => world.everSeen.get(one)?.has(articleId))) mirror.delete(articleId);
    else throw new Error(`${articleId} was told to be gone to one who could never see it`);
  }
};

/** Reads one page and keeps `kept` of it, or all; whether there is more. */
export const readPage = async (world: World, first: number, kept: number | null): Promise<boolean> => {
  const { rig, flaws, audience } = world;
  const read = flaws.read?.(rig.read, rig) ?? rig.read;
  world.held.add(audience);
  try {
    const page = await read({ caller: rig.callerOf(audience), after: world.cursor, first, editions: [] });
    apply(world, page);
    if (kept === null) world.cursor = page.cursor;
    else {
      world.kills += 1;
      world.cursor = page.changes[kept - 1]?.cursor ?? world.cursor;
      // It has nothing to go on from: what it had applied may have left its plan before it asks again.
      if (world.cursor === null) forget(world);
    }
    return page.hasMore;
  } catch (error) {
    if ((error as { code?: string }).code !== 'CURSOR_EXPIRED') throw error;
    forget(world);
    return true;
  }
};

/** The mirror drops what it has, and begins without a cursor. */
export const forget = (world: World): void => {
  world.mirror = new Map();
  world.held = new Set([world.audience]);
  world.cursor = null;
};

const trim = async ({ rig, flaws }: World, share: number): Promise<void> => {
  await rig.database.query(
    `UPDATE deltas SET recorded_at = now() - interval '31 days'
      WHERE sequence <= (SELECT max(sequence) FROM deltas) * $1 / 4`,
    [share],
  );
  await (flaws.trim?.(rig) ?? trimDeltas(rig.database, { batchSize: 3 }));
};

const take = async (world: World, action: Action): Promise<void> => {
  const { rig } = world;
  const order = { editions: testEditions, now: rig.clock.now() };
  const isThere = async (name: string): Promise<boolean> =>
    (await rig.database.query('SELECT FROM articles WHERE source_id = $1', [name])).length > 0;
  if ('lines' in action) await rig.run(action.lines.map(([name, fields]) => lineOf(name, fields)));
  else if ('headline' in action) await beginLate(world, action.headline);
  else if ('halves' in action) {
    await commitLate(world);
    await wind(world, action.halves);
  } else if ('audience' in action) world.audience = action.audience;
  else if ('share' in action) await trim(world, action.share);
  else if ('first' in action) await readPage(world, action.first, action.kept);
  else if ('story' in action) {
    if (!(await isThere(action.story))) return;
    if (action.do === 'takeDown') await takeDown(rig.database, `en:story-${action.story}`, order);
    if (action.do === 'lift') await liftTakedown(rig.database, `en:story-${action.story}`, order);
    if (action.do === 'reportKill') await report(world, action.story, 'KILL');
    if (action.do === 'reportPublish') await report(world, action.story, 'PUBLISH');
  } else if (action.do === 'commit') await commitLate(world);
  else await (world.flaws.step?.(rig) ?? rig.step());
};

/** Lets `actions` happen, and the mirror read on to the end. */
export const live = async (world: World, actions: readonly Action[]): Promise<void> => {
  try {
    for (const action of actions) {
      await take(world, action);
      await notice(world);
    }
  } finally {
    await commitLate(world);
  }
  await notice(world);
  await (world.flaws.step?.(world.rig) ?? world.rig.step());
};

/** The mirror as it is once it has read on to the end. */
export const readToEnd = async (world: World): Promise<ReadonlyMap<string, string>> => {
  for (let page = 0; page < 500; page += 1) if (!(await readPage(world, 5, null))) return world.mirror;
  throw new Error('The stream has no end');
};
