import { median } from '../rig/measure.ts';
import { runLoad, type Round } from '../rig/load.ts';
import { residentMegabytes } from '../rig/processes.ts';
import type { Server } from '../rig/start-server.ts';
import { doEvery } from './do-every.ts';
import { editStories, type EditingOptions } from './edit-stories.ts';
import type { MinuteOfMemory } from './judge-memory.ts';
import { questionsOf } from './questions.ts';

export interface SoakOptions extends EditingOptions {
  readonly server: Server;
}

/** How far readers and editors have come, over all minutes. */
export interface SoakProgress {
  readonly asked: number;
  readonly edits: number;
  /** Answers a second of the last round. */
  readonly perSecond: number;
}

/** Before the first minute. */
export const SOAK_START: SoakProgress = { asked: 0, edits: 0, perSecond: 0 };

/** What readers saw in a minute, and what the process took meanwhile. */
export interface SoakedMinute extends Pick<Round, 'perSecond' | 'p99Ms' | 'failures'> {
  /** Share of the questions that nobody had asked before. */
  readonly freshShare: number;
  readonly memory: MinuteOfMemory;
  readonly progress: SoakProgress;
}

/** Short enough for as many questions as are asked in one to be written down. */
const ROUND_SECONDS = 15;
const ROUNDS = 4;
/** For the first round; each further one has more questions than the one before could ask. */
const FIRST_PER_SECOND = 4_000;
const SPARE = 1.4;
const LOOK_MS = 1_000;

const watchMemory = async (pid: number, signal: AbortSignal): Promise<MinuteOfMemory> => {
  const seen = [residentMegabytes(pid)];
  await doEvery(LOOK_MS, () => seen.push(residentMegabytes(pid)), signal);
  return { mean: seen.reduce((sum, value) => sum + value, 0) / seen.length, most: Math.max(...seen) };
};

/** A minute of readers and editors, from where the last one ended. */
export const soakMinute = async (options: SoakOptions, before: SoakProgress): Promise<SoakedMinute> => {
  const { server, archive } = options;
  const over = new AbortController();
  const editing = editStories(options, before.edits, over.signal);
  const watching = watchMemory(server.pid, over.signal);
  try {
    let { asked, perSecond } = before;
    const rounds: Round[] = [];
    let fresh = 0;
    for (let number = 0; number < ROUNDS; number += 1) {
      const count = Math.ceil((perSecond * SPARE || FIRST_PER_SECOND) * ROUND_SECONDS);
      const questions = questionsOf(archive, { from: asked, count });
      const round = await runLoad(server.port, questions, ROUND_SECONDS);
      rounds.push(round);
      asked += count;
      perSecond = round.perSecond;
      fresh += Math.min(round.requests, questions.length) / 2;
    }
    over.abort();
    const sum = (pick: (round: Round) => number): number => rounds.reduce((total, round) => total + pick(round), 0);
    return {
      perSecond: sum((round) => round.perSecond) / ROUNDS,
      p99Ms: median(rounds.map(({ p99Ms }) => p99Ms)),
      failures: sum(({ failures }) => failures),
      freshShare: fresh / sum(({ requests }) => requests),
      memory: await watching,
      progress: { asked, perSecond, edits: await editing },
    };
  } finally {
    over.abort();
  }
};
