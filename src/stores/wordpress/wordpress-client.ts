import type { z } from 'zod';
import type { StoreError } from '../../errors.ts';
import type { HttpClient, OutboundAnswer } from '../../outbound/http-client.ts';
import { parseJson } from '../../outbound/parse-json.ts';
import { toStoreError } from '../source-failure.ts';
import { WordPressFailure } from './wordpress-failure.ts';

/** Who the gateway is to the site: a user of it and one of that user's application passwords. */
export interface Credentials {
  readonly user: string;
  readonly applicationPassword: string;
}

export interface WordPressClientOptions {
  /** As configured; `StoreError.store`. */
  readonly name: string;
  /** The site's REST root: `https://desk.example/wp-json`, or `https://desk.example/?rest_route=/` without permalinks. */
  readonly url: string;
  /** Null: asked as any reader may; then what is scheduled is not there. */
  readonly credentials: Credentials | null;
  readonly http: HttpClient;
  /** From one question to the last byte of its answer. */
  readonly deadlineMs?: number | undefined;
  /** Of one answer: a hundred stories with their bodies. */
  readonly limitBytes?: number | undefined;
}

/** One answer of a site. */
export interface WordPressAnswer<T> {
  readonly value: T;
  /** How many there are on all pages; null: it is no list, or somebody on the way took that away. */
  readonly total: number | null;
}

export type Parameters = Readonly<Record<string, string | number>>;

/** Asks a WordPress site. The one place where what is no good answer becomes a StoreError, `WordPressFailure` its cause. */
export interface WordPressClient {
  /** As configured; `StoreError.store`. */
  readonly name: string;
  readonly isAnonymous: boolean;
  /**
   * What `route` (`wp/v2/posts`) answers, in the shape it has to have.
   *
   * @throws {StoreError} for no answer, any status but 200, what is no JSON, and another shape.
   */
  get<T>(route: string, parameters: Parameters, shape: z.ZodType<T>): Promise<WordPressAnswer<T>>;
}

const addressOf = (root: string, route: string, parameters: Parameters): string => {
  const url = new URL(root);
  if (url.searchParams.has('rest_route')) url.searchParams.set('rest_route', `/${route}`);
  else url.pathname = `${url.pathname.replace(/\/+$/, '')}/${route}`;
  for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, String(value));
  return url.href;
};

/** Of the names of WordPress's own errors; anything else a server sends stays out of logs. */
const CODE = /^[a-z][\w-]{0,63}$/;

const codeOf = (value: unknown): string | null => {
  if (typeof value !== 'object' || value === null || !('code' in value)) return null;
  return typeof value.code === 'string' && CODE.test(value.code) ? value.code : null;
};

const failureOf = (answer: OutboundAnswer): WordPressFailure => {
  const { status, headers } = answer;
  if (status >= 300 && status < 400) {
    const target = URL.parse(headers.get('location') ?? '');
    return new WordPressFailure('redirect', target === null ? 'redirects' : `redirects to ${target.origin}`, {
      status,
    });
  }
  const said = parseJson(answer);
  const code = codeOf('value' in said ? said.value : undefined);
  const detail = code === null ? `answered ${status}` : `answered ${status} (${code})`;
  const isRefusal = status === 401 || status === 403;
  return new WordPressFailure(isRefusal ? 'refused' : 'status', detail, { status, code });
};

const totalOf = (headers: Headers): number | null => {
  const total = headers.get('x-wp-total');
  return total !== null && /^\d{1,12}$/.test(total) ? Number(total) : null;
};

const read = <T>(answer: OutboundAnswer, shape: z.ZodType<T>, limitBytes: number): WordPressAnswer<T> => {
  if (answer.status !== 200) throw failureOf(answer);
  const json = parseJson(answer, { limitBytes });
  // A page of the site, a message of PHP before the answer, an answer that was cut.
  if ('problem' in json)
    throw new WordPressFailure('not-json', `answered ${answer.body.byteLength} bytes: ${json.problem.message}`);
  const parsed = shape.safeParse(json.value);
  if (!parsed.success) {
    const places = parsed.error.issues.slice(0, 3).map(({ path, message }) => `${path.join('.')}: ${message}`);
    throw new WordPressFailure('shape', `answered out of shape: ${places.join('; ')}`);
  }
  return { value: parsed.data, total: totalOf(answer.headers) };
};

/** A client of the site's REST API. */
export const createWordPressClient = ({
  name,
  url,
  credentials,
  http,
  deadlineMs = 5_000,
  limitBytes = 8 * 1024 * 1024,
}: WordPressClientOptions): WordPressClient => {
  const pair = credentials === null ? null : `${credentials.user}:${credentials.applicationPassword}`;
  const headers = {
    accept: 'application/json',
    ...(pair === null ? {} : { authorization: `Basic ${Buffer.from(pair).toString('base64')}` }),
  };
  return {
    name,
    isAnonymous: credentials === null,
    async get(route, parameters, shape) {
      try {
        return read(
          await http.send({ url: addressOf(url, route, parameters), headers, deadlineMs, limitBytes }),
          shape,
          limitBytes,
        );
      } catch (error) {
        throw toStoreError(name, error);
      }
    },
  };
};

/** That the site answered something else than it was asked for. */
export const outOfContract = ({ name }: Pick<WordPressClient, 'name'>, message: string): StoreError =>
  toStoreError(name, new WordPressFailure('shape', `answered out of contract: ${message}`));
