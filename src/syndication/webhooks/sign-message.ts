import { randomBytes } from 'node:crypto';
import { Webhook } from 'standardwebhooks';
import type { Instant } from '../../clock.ts';
import type { Message } from './message.ts';

/** Standard Webhooks asks for 24 to 64 bytes. */
const SECRET_BYTES = 32;

/** A new signing secret: `whsec_` and base64, as every Standard Webhooks library takes it. */
export const createSigningSecret = (): string => `whsec_${randomBytes(SECRET_BYTES).toString('base64')}`;

/**
 * The headers that say who sent `message`, at `now`: one signature for each of `secrets`, so that a receiver verifies with the
 * old one or the new one while they are changed.
 */
export const signMessage = (
  { id, body }: Pick<Message, 'id' | 'body'>,
  secrets: readonly string[],
  now: Instant,
): Readonly<Record<'webhook-id' | 'webhook-timestamp' | 'webhook-signature', string>> => ({
  'webhook-id': id,
  'webhook-timestamp': String(Math.floor(now / 1000)),
  'webhook-signature': secrets.map((secret) => new Webhook(secret).sign(id, new Date(now), body)).join(' '),
});
