import { beforeEach, expect, it, onTestFinished } from 'vitest';
import { systemClock } from '../../src/clock.ts';
import { audienceOf } from '../../src/content/plan.ts';
import { createBaseServer } from '../../src/http/create-base-server.ts';
import { createCallerOf } from '../../src/http/caller-of.ts';
import { deltaRoutes } from '../../src/http/delta-routes.ts';
import { createAuthenticate } from '../../src/partners/authenticate.ts';
import { createKey } from '../../src/partners/partner-key.ts';
import type { RegisteredKey } from '../../src/partners/partner-rows.ts';
import type { DeltaRequest } from '../../src/syndication/deltas/deltas.ts';
import { createLogger } from '../../src/telemetry/logger.ts';
import { createPlan } from '../content/create-plan.ts';

const key = createKey();
const plan = createPlan();
const partner = { id: 'radio', name: 'The radio', expiresAt: null, addresses: [] };
const registered: RegisteredKey = { prefix: key.prefix, digest: key.digest, expiresAt: null, partner, plan };

/** The key is revoked while this page is read. */
let revokedAt: number;
let isRevoked: boolean;
let used: number;
let reads: DeltaRequest[];
let url: string;
beforeEach(async () => {
  [revokedAt, isRevoked, used, reads] = [Infinity, false, 0, []];
  const register = { confirm: async () => undefined, find: () => (isRevoked ? undefined : registered) };
  const authenticate = createAuthenticate({ register, clock: systemClock, onUse: () => (used += 1) });
  const app = createBaseServer({ logger: createLogger('silent', 'test') });
  await app.register(deltaRoutes, {
    clock: systemClock,
    editions: ['EN'],
    callerOf: createCallerOf({ authenticate, adminToken: undefined }),
    deltas: async (request) => {
      reads.push(request);
      isRevoked = reads.length >= revokedAt;
      const changes = Array.from({ length: request.first }, (_, place) => ({
        cursor: `${reads.length}.${place}`,
        change: {
          id: `chg_00000000_${place}`,
          kind: 'UPDATE' as const,
          articleId: 'art_en_one' as const,
          url: 'https://news.example/en/one',
          edition: 'EN' as const,
          occurredAt: 0,
          version: 1,
          article: null,
        },
      }));
      return { changes, cursor: `${reads.length}`, hasMore: true };
    },
  });
  url = await app.listen({ port: 0, host: '127.0.0.1' });
  onTestFinished(() => app.close());
});
const ask = () => fetch(`${url}/changes?first=1000`, { headers: { 'x-api-key': key.text } });

it('a stream of changes is one request, however many pages it has', async () => {
  const lines = (await (await ask()).text()).trimEnd().split('\n');
  expect(lines).toHaveLength(1_001);
  expect(JSON.parse(lines.at(-1) ?? '')).toEqual({ cursor: '10', hasMore: true });
  expect([reads.length, used]).toEqual([10, 1]);
  expect(new Set(reads.map(({ caller }) => caller.audience))).toEqual(new Set([audienceOf(plan)]));
});

it('a stream of changes ends when its key is revoked, without a last line', async () => {
  revokedAt = 3;
  const response = await ask();
  expect(response.status).toBe(200);
  await expect(response.text().then(({ length }) => length)).rejects.toThrow(/terminated/);
  expect(reads).toHaveLength(3);
  expect((await ask()).status).toBe(401);
});
