import type { Instant } from '../clock.ts';
import type { Entry } from '../content/answer.ts';
import type { Answered } from '../graphql/graphql-service.ts';
import type { PackedBody } from './packed-body.ts';

/** A header as it is sent; names in lower case. */
export type Header = readonly [name: string, value: string];

/** What headers say beyond the entry itself. */
export interface HeaderOptions {
  readonly clientMaxAgeSeconds: number;
  /** Of the content of a partner's plan: nobody may keep it for others. Default: it is for everybody. */
  readonly isForPartner?: boolean;
  /** What only a CDN reads; undefined: nothing, or none may keep it. */
  readonly cdnHeadersOf?: ((entry: Entry, now: Instant) => object | undefined) | undefined;
}

/** How an answer goes out. */
export interface EntryHeaders {
  /** Said with the answer, and with a 304 in its place. */
  readonly ofAnswer: readonly Header[];
  /** Said of the bytes alone. */
  readonly ofBytes: readonly Header[];
  /** Compared with If-None-Match; undefined: nobody may keep the answer, so nobody has it. */
  readonly etag: string | undefined;
}

/** The end of an entry's own life: of its age, or at its boundary. */
export const endOf = ({ filledAt, maxAgeSeconds, boundaryAt }: Entry): Instant =>
  Math.min(filledAt + maxAgeSeconds * 1000, boundaryAt ?? Infinity);

/** Whole seconds until `end`; below 0 once it is over. Headers say no time more exactly than this. */
export const secondsTo = (end: Instant, now: Instant): number => Math.floor((end - now) / 1000);

const secondsToEnd = (entry: Entry, now: Instant): number => secondsTo(endOf(entry), now);

/** Whole seconds `entry` has left of its own life; 0 when it is not to be kept by anyone. */
export const secondsLeft = (entry: Entry, now: Instant): number => Math.max(0, secondsToEnd(entry, now));

/** What became of the request in the cache: RFC 9211. What is too old has a negative `ttl` there. */
const cacheStatus = ({ entry, state, tier, forwarded, isStored }: Sent, now: Instant): string => {
  const fwd = `masthead; fwd=${forwarded ?? 'miss'}`;
  // A failure that is held for a moment against herds is nothing that was stored.
  const isKept = isStored && entry.maxAgeSeconds > 0;
  switch (state) {
    case 'hit':
      return `masthead; hit; ttl=${secondsLeft(entry, now)}`;
    case 'stale':
      return forwarded === null
        ? `masthead; hit; ttl=${secondsToEnd(entry, now)}; detail=stale`
        : `${fwd}; detail=stale-if-error`;
    case 'soft':
      return 'masthead; hit; ttl=0; detail=soft';
    case 'degraded':
      return tier === null
        ? `${fwd}; detail=degraded`
        : `masthead; hit; ttl=${secondsToEnd(entry, now)}; detail=degraded`;
    case 'joined':
      return `${fwd}; collapsed${isKept ? '; stored' : ''}`;
    case 'filled':
      return `${fwd}${isKept ? '; stored' : ''}`;
    case 'bypass':
      return 'masthead; fwd=bypass';
  }
};

export type Sent = Omit<Answered, 'isSendable' | 'key' | 'notes'>;

/**
 * The headers of an answer sent as `packed` at `now`: the one writer of them, for whoever sends it. For one entry, form
 * and state they stay the same for as long as `secondsLeft` does.
 */
export const writeEntryHeaders = (
  sent: Sent,
  { bytes, coding, etag }: PackedBody,
  now: Instant,
  { clientMaxAgeSeconds, cdnHeadersOf, isForPartner = false }: HeaderOptions,
): EntryHeaders => {
  const { entry } = sent;
  const left = secondsLeft(entry, now);
  const isKeepable = entry.scope === 'PUBLIC' && left > 0 && sent.isKeepable();
  const ofAnswer: Header[] = [
    ['cache-status', cacheStatus(sent, now)],
    [
      'cache-control',
      isKeepable
        ? `${isForPartner ? 'private' : 'public'}, max-age=${Math.min(left, clientMaxAgeSeconds)}`
        : entry.scope === 'PRIVATE'
          ? 'private, no-store'
          : 'no-store',
    ],
  ];
  // Asked of the change log at this very read: for whoever counts, the answer is new.
  if (isKeepable) ofAnswer.push(['age', '0'], ['etag', etag]);
  if (isKeepable && !isForPartner) ofAnswer.push(...Object.entries(cdnHeadersOf?.(entry, now) ?? {}));
  if (entry.link !== undefined) ofAnswer.push(['link', entry.link]);
  const ofBytes: Header[] = [
    ['content-type', entry.contentType],
    ['content-length', String(bytes.length)],
  ];
  // Not with a 304, which names only what may have changed: RFC 9110, 15.4.5.
  if (entry.languages.length > 0) ofBytes.push(['content-language', entry.languages.join(', ')]);
  if (coding !== 'identity') ofBytes.push(['content-encoding', coding]);
  return { ofAnswer, ofBytes, etag: isKeepable ? etag : undefined };
};

/** Whether `header`, an If-None-Match, names `etag`: RFC 9110, 13.1.2, weak comparison. */
export const matchesEtag = (header: string, etag: string): boolean =>
  header.trim() === '*' || header.split(',').some((candidate) => candidate.trim().replace(/^W\//, '') === etag);
