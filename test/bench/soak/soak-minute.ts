import { randomUUID } from 'node:crypto';
import { setInterval } from 'node:timers/promises';
import { tagOf } from '../../../src/content/tags.ts';
import { archiveEditionOf, archiveSlug, type Archive } from '../../support/archive/archive-places.ts';
import { operations, requestsOf } from '../compare/operations.ts';
import { runLoad, type BenchRequest, type Round } from '../rig/load.ts';
import type { Server } from '../rig/start-server.ts';

export interface SoakOptions {
  readonly server: Server;
  readonly archive: Archive;
  /** Of an administrator. */
  readonly token: string;
  /** From 0: each asks other new questions. */
  readonly minute: number;
}

/** What readers saw in a minute, and how much editors did meanwhile. */
export interface SoakedMinute extends Pick<Round, 'perSecond' | 'p99Ms' | 'failures'> {
  readonly changes: number;
}

const SECONDS = 60;
/** Of each operation: asked again in every minute, and new in this one. */
const KEPT_REQUESTS = 500;
const NEW_REQUESTS = 5_000;

/** As all but benches ask: the packed form of an answer is kept beside it. */
const packed = (request: BenchRequest): BenchRequest => ({
  ...request,
  headers: { ...request.headers, 'accept-encoding': 'gzip' },
});

/** Questions of all sorts in turn: of two, one has been asked in the minute before. */
const requestsOfMinute = (archive: Archive, minute: number): readonly BenchRequest[] =>
  operations.flatMap((operation) => {
    const kept = requestsOf(operation, archive, { from: 0, count: KEPT_REQUESTS }).map(packed);
    const from = KEPT_REQUESTS + minute * NEW_REQUESTS;
    const fresh = requestsOf(operation, archive, { from, count: NEW_REQUESTS }).map(packed);
    return fresh.flatMap((request, place) => [request, kept[place % KEPT_REQUESTS] ?? request]);
  });

/** Ends what was read of a story and its lists, as an editor's correction does, until `signal` ends. */
const edit = async ({ server, archive, token }: SoakOptions, signal: AbortSignal): Promise<number> => {
  let changes = 0;
  try {
    for await (const _ of setInterval(100, undefined, { signal })) {
      const number = (changes * 7_919) % archive.articles;
      const edition = archiveEditionOf(number);
      const tags = [tagOf.slug(edition, 'article', archiveSlug(number)), tagOf.edition(edition)];
      const response = await fetch(`http://127.0.0.1:${server.port}/changes`, {
        method: 'POST',
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        body: JSON.stringify({ id: randomUUID(), changes: [{ tags }] }),
      });
      if (!response.ok) throw new Error(`A change was answered ${response.status}`);
      changes += 1;
    }
  } catch (error) {
    if (!signal.aborted) throw error;
  }
  return changes;
};

/** A minute of readers and editors. */
export const soakMinute = async (options: SoakOptions): Promise<SoakedMinute> => {
  const { server, archive, minute } = options;
  const over = new AbortController();
  const editing = edit(options, over.signal);
  try {
    const round = await runLoad(server.port, requestsOfMinute(archive, minute), SECONDS);
    over.abort();
    return { ...round, changes: await editing };
  } finally {
    over.abort();
  }
};
