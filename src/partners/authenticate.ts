import type { IncomingHttpHeaders } from 'node:http';
import type { Clock, Instant } from '../clock.ts';
import { ANONYMOUS, type Caller } from '../content/caller.ts';
import { audienceOf } from '../content/plan.ts';
import { GatewayError } from '../errors.ts';
import { liesIn } from '../config/network.ts';
import { isSameKey, readKey } from './partner-key.ts';
import { LOOK_AGAIN_MS, type PartnerRegister } from './partner-register.ts';
import type { RegisteredKey } from './partner-rows.ts';

/** What of a request says who sends it. */
export interface Arrival {
  readonly headers: Partial<Pick<IncomingHttpHeaders, 'authorization' | 'x-api-key'>>;
  /** As far as proxies are trusted. */
  readonly address: string | undefined;
  /** False: it is asked again of a request that was counted. Default: it is counted. */
  readonly isNew?: boolean;
}

/**
 * Who sends a request.
 *
 * @throws {GatewayError} UNAUTHENTICATED for a key that opens nothing, by one message whatever the reason;
 *   {StoreError} when nobody can say.
 */
export type Authenticate = (arrival: Arrival) => Promise<Caller>;

/** The same for a key that is wrong, has expired, was revoked, or comes from where its partner does not send from. */
export const REFUSAL = 'The API key does not open anything';

const refuse = (): GatewayError => new GatewayError('UNAUTHENTICATED', REFUSAL);

/** The keys a request brings. Schemes of others, such as a site's Basic, say nothing to us; a key without its scheme is a key that opens nothing. */
const credentialsOf = ({ authorization, 'x-api-key': apiKey }: Arrival['headers']): readonly string[] => {
  const bearer = authorization === undefined ? undefined : /^bearer(?:\s+(.*))?$/i.exec(authorization.trim());
  const misplaced = bearer === null && /mh_live_/i.test(authorization ?? '') ? '' : undefined;
  const given = [bearer == null ? misplaced : (bearer[1] ?? ''), Array.isArray(apiKey) ? apiKey.join() : apiKey];
  return [...new Set(given.filter((text) => text !== undefined).map((text) => text.trim()))];
};

const hasEnded = (at: Instant | null, now: Instant): boolean => at !== null && at <= now;

const opens = ({ expiresAt, partner }: RegisteredKey, address: string | undefined, now: Instant): boolean =>
  !hasEnded(expiresAt, now) &&
  !hasEnded(partner.expiresAt, now) &&
  (partner.addresses.length === 0 || (address !== undefined && liesIn(address, partner.addresses)));

export interface AuthenticateOptions {
  readonly register: PartnerRegister;
  readonly clock: Clock;
  /** Told of every key that opened something. */
  readonly onUse?: (use: { readonly partnerId: string; readonly prefix: string; readonly at: Instant }) => void;
}

/** Tells callers by the keys in `register`. */
export const createAuthenticate = ({ register, clock, onUse }: AuthenticateOptions): Authenticate => {
  /** A key's row is another object once anything about it has changed. */
  const callers = new WeakMap<RegisteredKey, Caller>();
  const callerOf = (key: RegisteredKey): Caller => {
    const { partner, plan } = key;
    const known = callers.get(key);
    if (known !== undefined) return known;
    const caller: Caller = { audience: audienceOf(plan), partner: { id: partner.id, name: partner.name }, plan };
    callers.set(key, caller);
    return caller;
  };

  return async ({ headers, address, isNew = true }) => {
    const credentials = credentialsOf(headers);
    if (credentials.length === 0) return ANONYMOUS;
    const [credential = ''] = credentials;
    const given = credentials.length === 1 ? readKey(credential) : undefined;
    if (given === undefined) throw refuse();
    await register.confirm();
    if (register.find(given.prefix) === undefined) await register.confirm(LOOK_AGAIN_MS);
    const key = register.find(given.prefix);
    const now = clock.now();
    const isSame = isSameKey(given, key?.digest);
    if (key === undefined || !isSame || !opens(key, address, now)) throw refuse();
    if (isNew) onUse?.({ partnerId: key.partner.id, prefix: key.prefix, at: now });
    return callerOf(key);
  };
};
