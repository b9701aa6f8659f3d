import type { FastifyInstance } from 'fastify';
import { createHoleFiller } from '../../src/cache/fill-holes.ts';
import type { CacheResult } from '../../src/cache/response-cache.ts';
import type { Entry } from '../../src/content/answer.ts';
import { createBaseServer } from '../../src/http/create-base-server.ts';
import { createFrontDoor } from '../../src/http/front-door.ts';
import type { DoorAnswer } from '../../src/http/front-door-visit.ts';
import { createCounters } from '../../src/stores/counters.ts';
import { createHandStores } from '../loaders/hand-stores.ts';
import { createRecordingLogger } from './recording-logger.ts';
import { sendRaw, type RawRequest } from './raw-connection.ts';

const NOW = Date.UTC(2026, 5, 1);
/** The body of what is kept. */
export const KEPT = 'kept: يوم\n'.repeat(200);

/** A kept answer of `text`. */
export const resultOf = (text: string, more: Partial<CacheResult> = {}): CacheResult => {
  const entry: Entry = {
    status: 200,
    contentType: 'application/json; charset=utf-8',
    body: Buffer.from(text),
    tags: [],
    boundaryAt: null,
    maxAgeSeconds: 300,
    scope: 'PUBLIC',
    languages: ['en'],
    fence: 1,
    epoch: 'e',
    filledAt: NOW,
  };
  const isSendable = (): boolean => true;
  const tier = 'memory';
  return {
    entry,
    notes: {},
    state: 'hit',
    tier,
    forwarded: null,
    isStored: true,
    isSendable,
    isKeepable: isSendable,
    ...more,
  };
};

/** A door, and a server behind it. */
export interface DoorRig {
  readonly app: FastifyInstance;
  readonly port: number;
  /** Answers of the door, in order. */
  readonly answered: DoorAnswer[];
  /** What the cache has now. */
  kept: CacheResult | undefined;
  find: ((key: string) => Promise<CacheResult | undefined>) | undefined;
  isDraining: boolean;
  isLookDue: boolean;
}

const clock = { now: () => NOW };
/** Nobody's answers have counters in them. */
const counters = createCounters({ storesOf: () => createHandStores({}), clock });

/** A server whose one route answers `behind` and teaches the door. */
export const startDoor = async (): Promise<DoorRig> => {
  const answered: DoorAnswer[] = [];
  const frontDoor = createFrontDoor({
    cache: {
      peek: () => made.kept,
      get find() {
        return made.find;
      },
    },
    holes: createHoleFiller({ clock, counters }),
    clock,
    clientMaxAgeSeconds: 10,
    onAnswered: (answer) => answered.push(answer),
    isDraining: () => made.isDraining,
    isLookDue: () => made.isLookDue,
    isOriginTold: false,
    limitBytes: 1_000_000,
  });
  const app = createBaseServer({ logger: createRecordingLogger().logger, frontDoor });
  app.route({
    method: ['GET', 'POST'],
    url: '/graphql',
    handler: async ({ raw, body }) => {
      frontDoor.learn(raw, () => ({ mediaType: 'application/json', key: 'k', around: [['x-around', 'yes']] }));
      return `behind ${JSON.stringify(body ?? null)}`;
    },
  });
  const port = Number(new URL(await app.listen({ port: 0, host: '127.0.0.1' })).port);
  const made: DoorRig = { app, port, answered, kept: undefined, find: undefined, isDraining: false, isLookDue: false };
  return made;
};

/** What is asked there, and what is answered behind the door. */
export const GET: RawRequest = { method: 'GET', path: '/graphql?query=x' };
export const POST: RawRequest = {
  method: 'POST',
  path: '/graphql',
  headers: { 'content-type': 'application/json' },
  body: '{"query":"x"}',
};
export const BEHIND = { GET: 'behind null', POST: 'behind {"query":"x"}' } as const;

/** What is answered to `request` on a connection of its own. */
export const bodyOf = async ({ port }: DoorRig, request: RawRequest): Promise<string> =>
  (await sendRaw(port, request)).body.toString();
