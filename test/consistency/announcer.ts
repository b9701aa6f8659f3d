import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { Appender } from '../../src/changes/appender.ts';
import type { ChangeKind } from '../../src/changes/change.ts';
import { tagOf } from '../../src/content/tags.ts';
import { openConnection } from './connection.ts';
import { createDurations, type CostBook, type Durations } from './figures.ts';
import type { Life } from './gateways.ts';
import type { Pending } from './history.ts';
import type { Story } from './newsroom.ts';
import type { Random } from './random.ts';

export interface AnnouncerOptions {
  readonly random: Random;
  readonly serving: () => readonly Life[];
  /** What `masthead purge` runs. */
  readonly appender: Appender;
  readonly adminToken: string;
  /** The share of changes that is announced as `masthead purge` does, without any gateway. */
  readonly directShare: number;
  readonly costs: CostBook;
}

/** Says what changed, as a publishing system does, and says it again until it is known to be recorded. */
export interface Announcer {
  /** Resolves when it is acknowledged, to who may still be late; undefined when it was given up. */
  announce(story: Story, kind: ChangeKind, isGivenUp: () => boolean): Promise<readonly Pending[] | undefined>;
  readonly gone: Durations;
  /** Those of `gone` that were asked for and given in calm weather. */
  readonly calm: Durations;
  readonly pending: Durations;
  /** Attempts that were refused, lost or too late: nobody knows what became of them. */
  unknown(): number;
}

/** A restored database may not know who holds a lease: then it may be anybody who was there. */
const UNKNOWN = /^unknown/;
const ANSWER_LIMIT_MS = 9_000;
/** Of the edits announced over HTTP. */
const TAG_SHARE = 0.3;

interface Answered {
  readonly pending: readonly { readonly process: string; readonly until: string | number }[];
}

/** @throws when it is not known to be recorded. */
const post = async (life: Life, token: string, body: string): Promise<Answered> => {
  const connection = openConnection(life.port, () => performance.now());
  const length = `Content-Length: ${Buffer.byteLength(body)}`;
  const fields = `Host: checker.example\r\nContent-Type: application/json\r\nAuthorization: Bearer ${token}\r\n${length}`;
  try {
    const answer = await connection.ask(`POST /changes HTTP/1.1\r\n${fields}\r\n\r\n${body}`, ANSWER_LIMIT_MS);
    const said = JSON.parse(answer.body) as { gone?: boolean; pending?: Answered['pending'] };
    if (answer.status === 200 && said.gone === true) return { pending: [] };
    if (answer.status === 202 && said.pending !== undefined) return { pending: said.pending };
    if (answer.status < 500) throw new TypeError(`POST /changes answered ${answer.status}: ${answer.body} to ${body}`);
    throw new Error(`${answer.status}`);
  } finally {
    connection.close();
  }
};

/** An instant of the machine's wall clock as one of the driver's monotonic clock. */
const tickOf = (until: string | number): number =>
  performance.now() + (typeof until === 'number' ? until : Date.parse(until)) - Date.now();

export const createAnnouncer = ({
  random,
  serving,
  appender,
  adminToken,
  directShare,
  costs,
}: AnnouncerOptions): Announcer => {
  const gone = createDurations();
  const calm = createDurations();
  const pending = createDurations();
  let unknown = 0;

  const direct = async (id: string, { id: articleId }: Story): Promise<Answered> => {
    const tags = articleId === undefined ? [] : [tagOf.article(articleId)];
    // An article nobody knows the id of yet is announced by what its import put into the outbox.
    const change = {
      kind: 'PURGE',
      articleId: null,
      edition: null,
      tags,
      version: null,
      isSoft: false,
      tombstone: null,
    } as const;
    return appender.acknowledge(await appender.append(id, [change], Date.now()));
  };

  return {
    async announce(story, kind, isGivenUp) {
      const id = randomUUID();
      // A tombstone that was laid over HTTP is lifted there.
      const isDirect = story.id === undefined || (kind === 'UPDATE' && random.chance(directShare));
      // What tags do not say of an edit, its import has said: that is waited for as well.
      const isByTag = kind === 'UPDATE' && random.chance(TAG_SHARE);
      const change =
        isByTag && story.id !== undefined ? { tags: [tagOf.article(story.id)] } : { kind, articleId: story.id };
      const body = JSON.stringify({ id, changes: [change] });
      while (!isGivenUp()) {
        const lives = serving();
        const begun = performance.now();
        const faults = costs.active().size === 0 ? costs.begun() : undefined;
        try {
          const sent = isDirect || lives.length === 0 ? direct(id, story) : post(random.pick(lives), adminToken, body);
          const answered = await sent;
          const taken = performance.now() - begun;
          (answered.pending.length === 0 ? gone : pending).add(taken);
          if (answered.pending.length === 0 && faults === costs.begun()) calm.add(taken);
          return answered.pending.flatMap(({ process, until }) =>
            (UNKNOWN.test(process) ? lives.map(({ name }) => name) : [process]).map((name) => ({
              process: name,
              until: tickOf(until),
            })),
          );
        } catch (error) {
          if (error instanceof TypeError) throw error;
          unknown += 1;
          await pause(random.between(5, 100));
        }
      }
      return undefined;
    },
    gone,
    calm,
    pending,
    unknown: () => unknown,
  };
};
