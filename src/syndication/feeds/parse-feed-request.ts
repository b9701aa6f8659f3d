import { RESERVED_STEPS } from '../../content/addresses.ts';
import type { Editions } from '../../content/editions.ts';
import { normalisePath } from '../../content/slug.ts';
import { spellingKey } from '../../content/spelling.ts';
import { GatewayError } from '../../errors.ts';
import { findEdition } from '../find-edition.ts';
import {
  DEFAULT_FEED_LENGTH,
  FEED_FORMATS,
  type FeedFormat,
  type FeedPage,
  type FeedRequest,
  type FeedSubject,
} from './feed-request.ts';

/** Parameters as they came; one that came several times is a list. */
export type FeedQuery = Readonly<Record<string, unknown>>;

const MAX_FEED_LENGTH = 100;

const notFound = (message: string): GatewayError => new GatewayError('NOT_FOUND', message);
const badInput = (message: string): GatewayError => new GatewayError('BAD_USER_INPUT', message);

const isFormat = (text: string): text is FeedFormat => (FEED_FORMATS as readonly string[]).includes(text);

/** What stands behind the edition; `tags` and `authors` are no sections, in any spelling. */
const parseSubject = (steps: readonly string[]): FeedSubject => {
  const [first, second, ...rest] = steps;
  if (first === undefined) return { of: 'edition' };
  const reserved = spellingKey(first);
  if (reserved === RESERVED_STEPS.tags || reserved === RESERVED_STEPS.authors) {
    if (second === undefined || rest.length > 0)
      throw notFound(`Ask for one of the ${reserved}: /feeds/EDITION/${reserved}/SLUG.rss`);
    return { of: reserved === RESERVED_STEPS.tags ? 'tag' : 'author', slug: second };
  }
  return { of: 'section', path: steps.join('/') };
};

const takeOne = (query: FeedQuery, name: string): string | undefined => {
  const value = query[name];
  if (value === undefined || typeof value === 'string') return value;
  throw badInput(`"${name}" may be given once`);
};

const parsePage = (query: FeedQuery): FeedPage => {
  const [size, after, before] = ['first', 'after', 'before'].map((name) => takeOne(query, name));
  const first = size === undefined ? DEFAULT_FEED_LENGTH : /^\d{1,9}$/.test(size) ? Number(size) : Number.NaN;
  if (!(first >= 1 && first <= MAX_FEED_LENGTH))
    throw badInput(`"first" must be a number from 1 to ${MAX_FEED_LENGTH}; it is "${(size ?? '').slice(0, 40)}"`);
  if (after !== undefined && before !== undefined) throw badInput('Give "after" or "before", not both');
  return { first, ...(after === undefined ? {} : { after }), ...(before === undefined ? {} : { before }) };
};

/**
 * The feed that an address asks for.
 *
 * @param path behind `/feeds/`, percent-encoded or not.
 * @throws {GatewayError} NOT_FOUND for an edition or an ending nobody knows, BAD_USER_INPUT for a page that is none.
 */
export const parseFeedRequest = (path: string, query: FeedQuery, editions: Editions): FeedRequest => {
  const whole = normalisePath(path);
  const dot = whole.lastIndexOf('.');
  const ending = dot < 0 ? '' : whole.slice(dot + 1);
  if (!isFormat(ending)) {
    const known = FEED_FORMATS.map((format) => `.${format}`).join(', ');
    throw notFound(`The address of a feed ends in what it is written in: ${known}; not in "${whole.slice(-40)}"`);
  }
  const [step = '', ...steps] = whole.slice(0, dot).split('/');
  return { edition: findEdition(step, editions), subject: parseSubject(steps), format: ending, page: parsePage(query) };
};
