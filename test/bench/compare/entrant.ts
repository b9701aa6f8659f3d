import type { Archive } from '../../support/archive/archive-places.ts';
import type { CountStatements } from '../rig/count-statements.ts';
import { CONNECTIONS } from '../rig/load.ts';
import { measure, type Measured } from '../rig/measure.ts';
import { recordAnswer } from '../rig/record.ts';
import type { Server } from '../rig/start-server.ts';
import type { Contestant, Mode } from './contestants.ts';

import { requestsOf, type Operation } from './operations.ts';

/** A server that runs, and how far it has come through the requests of each operation. */
export interface Entrant {
  readonly contestant: Contestant;
  readonly server: Server;
  readonly sent: Map<Operation, number>;
}

/** A round of one server. */
export interface EntrantRound extends Measured {
  /** Requests it had been sent before, although none should have been. */
  readonly repeated: number;
}

/** What a round asks, how, and for how long. */
export interface Asking {
  readonly operation: Operation;
  readonly archive: Archive;
  readonly mode: Mode;
  readonly seconds: number;
}

/** Requests that a warm server has seen: few enough that every cache keeps them all. */
export const WARM_REQUESTS = 200;
/** Enough for the quickest server that reads a database: a request that is sent twice is one that was seen. */
const PER_SECOND = 6_000;
/** A server that was quicker than that may be quicker still. */
const SPARE = 1.4;
const COUNTED_REQUESTS = 50;

const inTurn = async (server: Server, requests: ReturnType<typeof requestsOf>): Promise<void> => {
  for (const request of requests) {
    const { status } = await recordAnswer(server.port, request);
    if (status !== 200) throw new TypeError(`A request was answered ${status}`);
  }
};

const nextPlace = ({ sent }: Entrant, operation: Operation): number => sent.get(operation) ?? WARM_REQUESTS;

/** Has `entrant` keep the answers that its warm rounds ask for. */
export const fillCache = async ({ server }: Entrant, operation: Operation, archive: Archive): Promise<void> => {
  const requests = requestsOf(operation, archive, { from: 0, count: WARM_REQUESTS });
  for (let time = 0; time < 2; time += 1) await inTurn(server, requests);
};

/** How many statements a request of a row takes, one after the other; null where nobody counts them. */
export const countPerRequest = async (
  entrant: Entrant,
  { operation, archive, mode }: Pick<Asking, 'operation' | 'archive' | 'mode'>,
  count: CountStatements | undefined,
): Promise<number | null> => {
  if (count === undefined) return null;
  const from = mode === 'warm' ? 0 : nextPlace(entrant, operation);
  const requests = requestsOf(operation, archive, { from, count: COUNTED_REQUESTS });
  if (mode !== 'warm') entrant.sent.set(operation, from + requests.length);
  return (await count(() => inTurn(entrant.server, requests))) / COUNTED_REQUESTS;
};

/** A round of load on `entrant`; `before` is its last one of the same row. */
export const runRound = async (
  entrant: Entrant,
  { operation, archive, mode, seconds }: Asking,
  before?: EntrantRound,
): Promise<EntrantRound> => {
  const { server, sent } = entrant;
  if (mode === 'warm') {
    const requests = requestsOf(operation, archive, { from: 0, count: WARM_REQUESTS });
    return { ...(await measure(server, requests, seconds)), repeated: 0 };
  }
  const from = nextPlace(entrant, operation);
  const count = Math.ceil(Math.max(PER_SECOND, (before?.perSecond ?? 0) * SPARE) * seconds);
  const round = await measure(server, requestsOf(operation, archive, { from, count }), seconds);
  // Each connection has sent one more, whose answer nobody waited for.
  sent.set(operation, from + round.requests + CONNECTIONS);
  const fresh = Math.max(0, Math.min(from + count, operation.distinct(archive)) - from);
  return { ...round, repeated: Math.max(0, round.requests - fresh) };
};
