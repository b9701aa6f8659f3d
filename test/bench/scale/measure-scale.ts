import { join } from 'node:path';
import { createStatementCounter } from '../rig/count-statements.ts';
import type { WrittenArchive } from '../rig/fill-archive.ts';
import { residentMegabytes } from '../rig/processes.ts';
import { keepingNothing } from '../rig/keeping-nothing.ts';
import { startServer, stopAll, type Server } from '../rig/start-server.ts';
import { ask } from './ask.ts';
import { findDeepCursors } from './find-deep-cursors.ts';
import { scaleRows, type Asked, type ScaleRow } from './scale-rows.ts';

/** How a row came out in one archive. */
export interface Scaled {
  readonly articles: number;
  /** Of every round; rounds of all archives follow each other. */
  readonly milliseconds: readonly (readonly number[])[];
  /** For a request; null: not counted. */
  readonly statements: number | null;
}

export interface ScaleOptions {
  readonly archives: readonly WrittenArchive[];
  readonly rounds: number;
  readonly requestsPerRound: number;
  readonly onRow: (row: ScaleRow, results: readonly Scaled[]) => void;
}

/** Memory of the gateway over each archive, in megabytes, after all rows. */
export type Memory = ReadonlyMap<number, number>;

/** A round of slow requests ends before its number is full: searches of a million articles take a while. */
const ROUND_LIMIT_MS = 8_000;
const COUNTED_REQUESTS = 24;
/** A server compiles what it runs often only after some time of running it. */
const WARM_UP_REQUESTS = 200;

interface Subject {
  readonly server: Server;
  readonly asked: Asked;
  readonly filled: WrittenArchive;
}

const askInTurn = async (
  { server, asked }: Subject,
  row: ScaleRow,
  { from, count }: { readonly from: number; readonly count: number },
): Promise<readonly number[]> => {
  const taken: number[] = [];
  const until = performance.now() + ROUND_LIMIT_MS;
  for (let place = from; place < from + count && performance.now() < until; place += 1)
    taken.push((await ask(server.port, row.document, row.variablesOf(place, asked))).milliseconds);
  return taken;
};

/** Of requests from number `from` on: what has been asked for already may be kept. */
const countStatements = async (subject: Subject, row: ScaleRow, from: number): Promise<number | null> => {
  const { database } = subject.filled;
  const count = database === undefined ? undefined : await createStatementCounter(database);
  if (count === undefined) return null;
  let sent = 0;
  const statements = await count(async () => {
    sent = (await askInTurn(subject, row, { from, count: COUNTED_REQUESTS })).length;
  });
  return statements / sent;
};

/** Asks a gateway over each archive, one that keeps no answers, for every row: one request at a time, archives in turn. */
export const measureScale = async ({ archives, rounds, requestsPerRound, onRow }: ScaleOptions): Promise<Memory> => {
  const subjects: Subject[] = [];
  try {
    for (const filled of archives) {
      const server = await startServer(keepingNothing, {
        ...filled.environment,
        MASTHEAD_CONFIG: join(import.meta.dirname, '../compare/newsroom.yaml'),
        LOG_LEVEL: 'error',
      });
      const asked = { archive: filled.archive, deepCursor: null, deltaCursor: null };
      subjects.push({ server, filled, asked });
    }
    for (const [place, subject] of subjects.entries()) {
      const cursors = await findDeepCursors(subject.server.port);
      subjects[place] = { ...subject, asked: { ...subject.asked, ...cursors } };
    }
    for (const row of scaleRows) {
      const taken = new Map(subjects.map((subject) => [subject, [] as (readonly number[])[]]));
      for (const subject of subjects)
        await askInTurn(subject, row, { from: 0, count: Math.min(WARM_UP_REQUESTS, requestsPerRound) });
      for (let round = 1; round <= rounds; round += 1)
        for (const subject of subjects)
          taken
            .get(subject)
            ?.push(await askInTurn(subject, row, { from: round * requestsPerRound, count: requestsPerRound }));
      const results: Scaled[] = [];
      for (const [subject, milliseconds] of taken)
        results.push({
          articles: subject.filled.archive.articles,
          milliseconds,
          statements: await countStatements(subject, row, (rounds + 1) * requestsPerRound),
        });
      onRow(row, results);
    }
    return new Map(subjects.map(({ filled, server }) => [filled.archive.articles, residentMegabytes(server.pid)]));
  } finally {
    await stopAll(subjects.map(({ server }) => server));
  }
};
