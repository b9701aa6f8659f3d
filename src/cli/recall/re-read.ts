import type { FaultCode } from '../../errors.ts';
import type { Question } from './questions.ts';

/** What a gateway answered. */
export interface Reply {
  readonly status: number;
  readonly body: string;
}

/** Asks a gateway for what stands at `path`. */
export type AskGateway = (path: string) => Promise<Reply>;

/** What one question came to. `gone`: nothing of it is shown; `shown`: something is; `unread`: there was no answer to read. */
export interface Read {
  readonly question: string;
  readonly outcome: 'gone' | 'shown' | 'unread';
  /** Why there was none. */
  readonly why?: string;
}

/** All that was asked in one place as one caller. */
export interface ReRead {
  /** An address, or this command's own gateway. */
  readonly where: string;
  /** `public`, or a partner's id. */
  readonly as: string;
  readonly reads: readonly Read[];
}

/** What the gateway says where no such page is served, or no such place in its deltas is kept: nothing is shown there. */
const MISSING: ReadonlySet<unknown> = new Set(['NOT_FOUND', 'CURSOR_EXPIRED'] satisfies FaultCode[]);

/** Anybody says 404; only a gateway says it with a code. */
const isMissing = (body: string): boolean => {
  try {
    return MISSING.has((JSON.parse(body) as { readonly code?: unknown } | null)?.code);
  } catch {
    return false;
  }
};

/** That `question` had no answer to read. */
export const unread = (question: string, why: string): Read => ({ question, outcome: 'unread', why });

const readOnce = async (ask: AskGateway, { name, path, isGone, mayBeMissing }: Question): Promise<Read> => {
  try {
    const { status, body } = await ask(path);
    if (mayBeMissing && status !== 200 && isMissing(body)) return { question: name, outcome: 'gone' };
    if (status !== 200) return unread(name, `status ${status}`);
    return { question: name, outcome: isGone(body) ? 'gone' : 'shown' };
  } catch (error) {
    return unread(name, error instanceof Error ? error.message : String(error));
  }
};

/** Asks `questions` one by one: whoever takes an article down is in nobody's way. */
export const reRead = async (ask: AskGateway, questions: readonly Question[]): Promise<readonly Read[]> => {
  const reads: Read[] = [];
  for (const question of questions) reads.push(await readOnce(ask, question));
  return reads;
};
