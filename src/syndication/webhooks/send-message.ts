import type { Instant } from '../../clock.ts';
import { OutboundError, type HttpClient, type OutboundReason } from '../../outbound/http-client.ts';
import type { Message } from './message.ts';
import { retryAfterMs } from './retry.ts';
import { signMessage } from './sign-message.ts';

/** What came of one try to deliver a message. */
export type Outcome =
  | { readonly is: 'delivered'; readonly status: number }
  /** The receiver wants no more: 410. */
  | { readonly is: 'gone'; readonly status: number }
  /** It answered that it did not take it. `waitMs`: it says when it will. */
  | { readonly is: 'rejected'; readonly status: number; readonly waitMs: number | null }
  /** Nothing that the receiver itself said. */
  | {
      readonly is: 'unanswered';
      readonly status: number | null;
      readonly waitMs: number | null;
      readonly why: string;
      /** Whether the message may have been read all the same: it left. */
      readonly mayBeRead: boolean;
    };

/** The answer as a person may look at it. */
export interface Attempt {
  readonly outcome: Outcome;
  readonly body: Buffer;
}

export interface MessageTarget {
  readonly url: string;
  /** Those that are not over. */
  readonly secrets: readonly string[];
}

/** What a server in front says while the receiver is away, and what a receiver says that is asked too much. */
export const AWAY: ReadonlySet<number> = new Set([429, 502, 503, 504]);

const REASONS: Readonly<Record<OutboundReason, string>> = {
  deadline: 'no answer in time',
  aborted: 'not waited for',
  unreachable: 'unreachable',
  'too-large': 'too long an answer',
  malformed: 'the address cannot be asked',
  refused: 'the address must not be reached',
};

/** What `status` says of the message; any 2xx is a yes, and a redirect is none. */
export const judgeAnswer = (status: number, headers: Headers, now: Instant): Outcome => {
  if (status >= 200 && status < 300) return { is: 'delivered', status };
  if (status === 410) return { is: 'gone', status };
  const waitMs = AWAY.has(status) ? retryAfterMs(headers.get('retry-after'), now) : null;
  return AWAY.has(status)
    ? { is: 'unanswered', status, waitMs, why: `status ${status}`, mayBeRead: true }
    : { is: 'rejected', status, waitMs };
};

const whyNot = ({ reason, code }: OutboundError): string =>
  reason === 'unreachable' && code !== undefined ? `unreachable (${code})` : REASONS[reason];

/** Tries once to deliver `message`, signed at `now`. Nothing of what is sent or of the secrets is in the outcome. */
export const sendMessage = async (
  http: HttpClient,
  { url, secrets }: MessageTarget,
  { message, now, signal }: { readonly message: Message; readonly now: Instant; readonly signal?: AbortSignal },
): Promise<Attempt> => {
  const headers = {
    'content-type': 'application/json; charset=utf-8',
    'user-agent': 'Masthead-Webhooks',
    ...signMessage(message, secrets, now),
  };
  try {
    const answer = await http.send({
      url,
      method: 'POST',
      headers,
      body: Buffer.from(message.body),
      ...(signal === undefined ? {} : { signal }),
    });
    return { outcome: judgeAnswer(answer.status, answer.headers, now), body: answer.body };
  } catch (error) {
    if (!(error instanceof OutboundError)) throw error;
    return {
      outcome: { is: 'unanswered', status: null, waitMs: null, why: whyNot(error), mayBeRead: error.mayBeRead },
      body: Buffer.alloc(0),
    };
  }
};
