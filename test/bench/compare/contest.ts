import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Archive } from '../../support/archive/archive-places.ts';
import { residentMegabytes } from '../rig/processes.ts';
import { recordAnswer } from '../rig/record.ts';
import { startServer, stopAll, type Server } from '../rig/start-server.ts';
import { MODES, type Contestant, type Mode } from './contestants.ts';
import type { CountStatements } from '../rig/count-statements.ts';
import type { Result, Row } from './describe-row.ts';
import { countPerRequest, fillCache, runRound, WARM_REQUESTS, type Entrant, type EntrantRound } from './entrant.ts';
import { firstDifference } from './first-difference.ts';
import { requestsOf, type Operation } from './operations.ts';

export interface ContestOptions {
  /** Ours among them, before the bare server, which sends what ours has answered. */
  readonly contestants: readonly Contestant[];
  readonly operations: readonly Operation[];
  readonly archive: Archive;
  readonly databaseUrl: string;
  /** Where the bare server reads its answers. */
  readonly answersFile: string;
  readonly rounds: number;
  readonly seconds: number;
  readonly warmUpRounds: number;
  /** Absent: statements are not counted. */
  readonly count?: CountStatements | undefined;
  /** Called with each row as soon as it is there. */
  readonly onRow: (row: Row) => void;
}

/** Of each operation, so many answers of all servers are compared, from all over the archive. */
const COMPARED = 30;

/** Each asked for twice, and the second answer taken: of a server that keeps answers, one that was kept. */
const answersOf = async (server: Server, operation: Operation, archive: Archive): Promise<readonly unknown[]> => {
  const answers: unknown[] = [];
  for (const request of requestsOf(operation, archive, { from: 0, count: COMPARED })) {
    await recordAnswer(server.port, request);
    const { body } = await recordAnswer(server.port, request);
    answers.push(JSON.parse(Buffer.from(body, 'base64').toString('utf8')));
  }
  return answers;
};

/** No field of the archive is empty: a null is something that was not found. */
const isWhole = (answer: unknown): boolean => !/"errors":|:null[,}]/.test(JSON.stringify(answer));

/** @throws {TypeError} when two of `entrants` do not answer alike, with the place. */
const checkAnswers = async (entrants: readonly Entrant[], operation: Operation, archive: Archive): Promise<void> => {
  const [first, ...others] = entrants;
  if (first === undefined) return;
  const wanted = await answersOf(first.server, operation, archive);
  const odd = wanted.find((answer) => !isWhole(answer));
  if (odd !== undefined)
    throw new TypeError(`${operation.name}: no whole answer: ${JSON.stringify(odd).slice(0, 500)}`);
  for (const { contestant, server } of others) {
    const difference = firstDifference(wanted, await answersOf(server, operation, archive));
    if (difference === undefined) continue;
    throw new TypeError(`${operation.name}: ${first.contestant.name} and ${contestant.name} differ at ${difference}`);
  }
};

/** Starts every server, checks that they answer alike, and asks them in turn, round by round, row by row. */
export const runContest = async (options: ContestOptions): Promise<void> => {
  const { contestants, operations, archive, databaseUrl, answersFile, count, onRow } = options;
  const entrants: Entrant[] = [];
  const enter = async (contestant: Contestant): Promise<Entrant> => {
    const server = await startServer(contestant.args, {
      DATABASE_URL: databaseUrl,
      MASTHEAD_CONFIG: join(import.meta.dirname, 'newsroom.yaml'),
      LOG_LEVEL: 'error',
      ...contestant.environment,
    });
    const entrant = { contestant, server, sent: new Map() };
    entrants.push(entrant);
    return entrant;
  };

  /** What `entrant` answers to the warm requests of `operation`, for a server that only sends it. */
  const record = async ({ server }: Entrant, operation: Operation): Promise<void> => {
    const answers = [];
    for (const request of requestsOf(operation, archive, { from: 0, count: WARM_REQUESTS }))
      answers.push(await recordAnswer(server.port, request));
    writeFileSync(answersFile, JSON.stringify(answers));
  };

  const compare = async (operation: Operation, mode: Mode, able: readonly Entrant[]): Promise<Row> => {
    const asking = { operation, archive, mode, seconds: options.seconds };
    const statements = new Map<Entrant, number | null>();
    const rounds = new Map(able.map((entrant) => [entrant, [] as EntrantRound[]]));
    if (mode === 'warm') for (const entrant of able) await fillCache(entrant, operation, archive);
    for (let round = -options.warmUpRounds; round < options.rounds; round += 1)
      for (const [entrant, own] of rounds) own.push(await runRound(entrant, asking, own.at(-1)));
    // Afterwards: what a server keeps of names is part of what it is.
    for (const entrant of able) {
      const isReading = entrant.contestant.role !== 'bare';
      statements.set(entrant, isReading ? await countPerRequest(entrant, asking, count) : null);
    }
    const results = able.map((entrant): Result => ({
      contestant: entrant.contestant,
      rounds: (rounds.get(entrant) ?? []).slice(options.warmUpRounds),
      statements: statements.get(entrant) ?? null,
      megabytes: residentMegabytes(entrant.server.pid),
    }));
    return { operation, mode, results };
  };

  try {
    const bare = contestants.filter(({ role }) => role === 'bare');
    for (const contestant of contestants) if (!bare.includes(contestant)) await enter(contestant);
    const asked = [...entrants];
    for (const operation of operations) await checkAnswers(asked, operation, archive);
    for (const operation of operations) {
      const keeper = asked.find(({ contestant }) => contestant.role === 'ours' && contestant.modes.includes('warm'));
      if (keeper !== undefined) await record(keeper, operation);
      const sending: Entrant[] = [];
      if (keeper !== undefined) for (const contestant of bare) sending.push(await enter(contestant));
      for (const mode of MODES) {
        const able = [...asked, ...sending].filter(({ contestant }) => contestant.modes.includes(mode));
        if (able.length > 0) onRow(await compare(operation, mode, able));
      }
      await stopAll(sending.map(({ server }) => server));
    }
  } finally {
    await stopAll(entrants.map(({ server }) => server));
  }
};
