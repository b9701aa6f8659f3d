import { setTimeout as pause } from 'node:timers/promises';
import { ANSWERER_FIELD } from './answerer-field.ts';
import { headerOf, openConnection, type Connection, type WireAnswer } from './connection.ts';
import type { CostBook } from './figures.ts';
import type { Life } from './gateways.ts';
import type { Read, Shown, Tick } from './history.ts';
import type { Story } from './newsroom.ts';
import { askAbout, parseShown, UnreadableAnswerError, type Question, type QuestionOptions } from './questions.ts';
import type { Random } from './random.ts';
import type { Recorder } from './recorder.ts';

export interface ReadersOptions {
  readonly recorder: Recorder;
  readonly costs: CostBook;
  readonly random: Random;
  readonly stories: readonly Story[];
  readonly questions: QuestionOptions;
  /** Connections to each process. */
  readonly perProcess: number;
  /** Milliseconds between two questions on a connection; 0: as fast as it goes. */
  readonly pauseMs: number;
  readonly requestsPerConnection: number;
  /** Processes that listen: who answers on a connection is one of them. */
  readonly serving: () => readonly Life[];
  /** Stories that were written lately. */
  readonly recent: () => readonly Story[];
  readonly hear: () => Tick;
  /** Told of what is wrong with the driver, or with an answer that no gateway may give. */
  readonly onMistake: (error: unknown) => void;
}

export interface Readers {
  /** Asks `life` until it has ended. */
  follow(life: Life): void;
  /** Asks every process once about every story and list. */
  sweep(lives: readonly Life[]): Promise<void>;
  failed(): number;
  /** Reads by the process that answered. */
  readonly answered: ReadonlyMap<string, number>;
  stop(): Promise<void>;
}

const ANSWER_LIMIT_MS = 8_000;
const HELD_LIMIT = 300;
const PARSED_LIMIT = 3_000;
/** One port deals connections out in turn: every process is met long before. */
const REACH_LIMIT = 200;
const HEALTH = 'GET /healthz HTTP/1.1\r\nHost: checker.example\r\n\r\n';

interface Held {
  readonly etag: string;
  readonly shown: Shown;
}

/** One client: a connection, and what it was given before. */
interface Client {
  readonly life: Life;
  readonly connection: Connection;
  readonly held: Map<string, Held>;
}

/** Clients of every process, each asking one thing after another and telling the recorder what it was shown. */
export const createReaders = (options: ReadersOptions): Readers => {
  const { recorder, costs, stories, questions, perProcess, pauseMs, recent, hear, serving } = options;
  const running = new Set<Promise<void>>();
  const parsed = new Map<string, Shown>();
  const answered = new Map<string, number>();
  const end = new AbortController();
  let failed = 0;

  const parse = (question: Question, body: string): Shown => {
    // Most answers were seen before, to the byte.
    const known = parsed.get(body);
    if (known !== undefined) return known;
    const shown = parseShown(question.asked, body);
    if (parsed.size > PARSED_LIMIT) parsed.clear();
    parsed.set(body, shown);
    return shown;
  };

  const understand = (client: Client, question: Question, answer: WireAnswer): Shown => {
    const { status, head, body } = answer;
    const held = client.held.get(question.key);
    if (status === 304 && held !== undefined) return held.shown;
    if (status !== 200) {
      if (status < 500) throw new TypeError(`a gateway answered ${status}: ${body}\n${question.head}${question.body}`);
      throw new UnreadableAnswerError(String(status));
    }
    const shown = parse(question, body);
    const etag = headerOf(head, 'etag');
    if (etag !== undefined) {
      if (client.held.size > HELD_LIMIT) client.held.clear();
      client.held.set(question.key, { etag, shown });
    }
    return shown;
  };

  const tell = (read: Read, question: Question, answer: WireAnswer): void => {
    const type = headerOf(answer.head, 'content-type');
    if (answer.status === 200 && type?.startsWith(question.mediaType) !== true)
      recorder.fail({
        rule: 'crossing',
        detail: `asked for ${question.mediaType}, got ${type}`,
        article: undefined,
        read,
      });
    recorder.take(read);
  };

  const askOnce = async (client: Client, question: Question, random: Random): Promise<void> => {
    const { life, connection } = client;
    const held = random.chance(0.5) ? client.held.get(question.key) : undefined;
    const condition = held === undefined ? '' : `If-None-Match: ${held.etag}\r\n`;
    const during = costs.active();
    const begunAt = performance.now();
    let isFailed = true;
    try {
      const answer = await connection.ask(`${question.head}${condition}\r\n${question.body}`, ANSWER_LIMIT_MS);
      const shown = understand(client, question, answer);
      const { heardAt } = answer;
      const process = headerOf(answer.head, ANSWERER_FIELD) ?? life.name;
      const answerer = serving().find(({ name }) => name === process) ?? life;
      const wasStopped = answerer.wasStopped(begunAt, heardAt);
      const label = `${answer.status} ${headerOf(answer.head, 'cache-status') ?? ''}`;
      const read = { process, begunAt, heardAt, asked: question.asked, shown, label, wasStopped };
      tell({ event: 'read', ...read }, question, answer);
      answered.set(process, (answered.get(process) ?? 0) + 1);
      isFailed = false;
    } catch (error) {
      if (error instanceof TypeError) throw error;
      failed += 1;
      await pause(10);
    } finally {
      costs.request(new Set([...during, ...costs.active()]), performance.now() - begunAt, isFailed);
    }
  };

  const pickStory = (random: Random): Story => {
    const lately = recent();
    return lately.length > 0 && random.chance(0.5) ? random.pick(lately) : random.pick(stories);
  };

  const run = async (life: Life, random: Random): Promise<void> => {
    const held: Client['held'] = new Map();
    while (!end.signal.aborted && life.isServing()) {
      const client: Client = { life, connection: openConnection(life.port, hear), held };
      for (
        let count = 0;
        count < options.requestsPerConnection && !end.signal.aborted && client.connection.isOpen();
        count += 1
      ) {
        await askOnce(client, askAbout(pickStory(random), questions, random), random);
        if (pauseMs > 0) await pause(random.between(0, 2 * pauseMs));
      }
      client.connection.close();
    }
  };

  /** A connection on which `life` answers. */
  const reach = async (life: Life): Promise<Connection> => {
    for (let tries = 0; tries < REACH_LIMIT; tries += 1) {
      const connection = openConnection(life.port, hear);
      const answer = await connection.ask(HEALTH, ANSWER_LIMIT_MS).catch(() => undefined);
      if (answer !== undefined && headerOf(answer.head, ANSWERER_FIELD) === life.name) return connection;
      connection.close();
    }
    throw new Error(`${life.name} serves and is never met`);
  };

  return {
    follow(life) {
      for (let count = 0; count < perProcess; count += 1) {
        const client = run(life, options.random.fork());
        running.add(client);
        client.then(
          () => running.delete(client),
          // A mistake of the driver's own ends the run, where all clients are awaited.
          () => undefined,
        );
      }
    },
    async sweep(lives) {
      for (const life of lives) {
        const client: Client = { life, connection: await reach(life), held: new Map() };
        for (const story of stories) {
          await askOnce(client, askAbout(story, { ...questions, listShare: 0 }, options.random), options.random);
          await askOnce(client, askAbout(story, { ...questions, listShare: 1 }, options.random), options.random);
        }
        client.connection.close();
      }
    },
    failed: () => failed,
    answered,
    async stop() {
      end.abort();
      await Promise.all(running);
    },
  };
};
