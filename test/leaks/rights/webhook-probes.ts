import { createAddressGuard } from '../../../src/outbound/address-guard.ts';
import { createGuardedHttpClient } from '../../../src/outbound/guarded-http-client.ts';
import { addEndpoint, loadSecrets } from '../../../src/syndication/webhooks/endpoint-register.ts';
import { createWebhookSender } from '../../../src/syndication/webhooks/webhook-sender.ts';
import { isSignedWith, startReceiver, type Receiver } from '../../syndication/webhooks/webhook-rig.ts';
import { differ, differInIds, idsOf, seenOf } from './judging.ts';
import { CONTRACTS, expectedOf } from './oracle.ts';
import { findLeaks, type Probing } from './outlet-probing.ts';
import type { OutletsRig } from './outlets-rig.ts';
import { bodyMark, FACTS, idOfFact } from './world.ts';

const LOOPBACK = createAddressGuard([{ address: '127.0.0.1', prefix: 32, family: 'ipv4' }]);

/** A server of each partner, to which everything is sent that it is to be told. */
export interface Outlets {
  /** Sends all there is to tell, and looks at what came. */
  probe(probing: Probing): Promise<void>;
  close(): Promise<void>;
}

interface Outlet {
  readonly contract: string;
  readonly receiver: Receiver;
  readonly secret: string;
  /** Ids that its messages left it with. */
  readonly holds: Set<string>;
  looked: number;
}

const factOf = new Map<string, number>(FACTS.map((fact) => [idOfFact(fact), fact.number]));

/** Looks at the messages that came since, as one that applies them does. */
const readMessages = (outlet: Outlet, probing: Probing): void => {
  const { world, rig, tally } = probing;
  const { contract, receiver, secret, holds } = outlet;
  const terms = CONTRACTS[contract] as (typeof CONTRACTS)[string];
  for (const told of receiver.told.slice(outlet.looked)) {
    const about = (what: string): string => `webhook ${contract} ${told.what}: ${what}`;
    tally.answers += 1;
    if (!isSignedWith(told, secret)) tally.leaks.push(about('is not signed'));
    tally.leaks.push(...findLeaks(told.body, contract, probing).map(about));
    const { data } = JSON.parse(told.body) as { data: { kind: string; articleId: string; article: unknown } };
    if (data.kind === 'KILL') {
      holds.delete(data.articleId);
      tally.leaks.push(...differ('what a KILL holds', data.article, null).map(about));
      continue;
    }
    holds.add(data.articleId);
    const fact = world.facts()[factOf.get(data.articleId) ?? -1];
    const isWhole = fact !== undefined && expectedOf(terms, fact, rig.clock.now()) === 'FULL';
    const mark = fact === undefined ? 'nothing' : bodyMark(fact);
    tally.leaks.push(...differ(`text of ${mark}`, told.body.includes(mark), isWhole).map(about));
  }
  outlet.looked = receiver.told.length;
  const held = idsOf(seenOf(world.facts(), terms, rig.clock.now()));
  tally.leaks.push(...differInIds(`webhook ${contract}: what it was left with`, holds, held));
};

/** Opens a receiver for every contract that has a key. */
export const openOutlets = async ({ database, clock, deltas, describe, callerOf }: OutletsRig): Promise<Outlets> => {
  const failures: unknown[] = [];
  const sender = createWebhookSender({
    database,
    clock,
    random: () => 1,
    http: createGuardedHttpClient({ guard: LOOPBACK, deadlineMs: 10_000 }),
    isReady: () => true,
    readChanges: deltas,
    callerOf: async (partnerId) => callerOf(partnerId),
    describe,
    secretsOf: (id, now) => loadSecrets(database, id, now),
    onSent: () => undefined,
    onTried: () => undefined,
    onRestart: ({ partnerId }) => failures.push(`${partnerId} began anew`),
    onFailure: (error) => failures.push(error),
  });
  const outlets: Outlet[] = [];
  for (const [contract, { plan }] of Object.entries(CONTRACTS)) {
    if (plan === null) continue;
    const receiver = await startReceiver();
    const endpoint = { partnerId: contract, url: `${receiver.url}/hook`, editions: [], isFromStart: true };
    const { secret } = await addEndpoint(database, endpoint, clock.now());
    outlets.push({ contract, receiver, secret, holds: new Set(), looked: 0 });
  }
  const countTold = (): number => outlets.reduce((sum, { receiver }) => sum + receiver.told.length, 0);
  return {
    async probe(probing) {
      for (let before = -1; before < countTold();) {
        before = countTold();
        await sender.settle();
        // What was looked at already is looked at again from the next instant on.
        clock.wind(1);
      }
      if (failures.length > 0) throw new AggregateError(failures, `Webhooks failed: ${String(failures[0])}`);
      for (const outlet of outlets) readMessages(outlet, probing);
    },
    async close() {
      await sender.close();
      for (const { receiver } of outlets) await receiver.close();
    },
  };
};
