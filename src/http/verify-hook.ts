import { randomBytes } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { Webhook, WebhookVerificationError } from 'standardwebhooks';
import { GatewayError } from '../errors.ts';
import type { HookIntake } from '../ingest/index/hook-intake.ts';

/** A store that may say what changed in it, by what it signs. */
export interface ChangeHook {
  /** As configured; sent as `X-Masthead-Store`. */
  readonly store: string;
  /** Of Standard Webhooks: `whsec_` and base64. */
  readonly secret: string;
  readonly intake: HookIntake;
}

export const STORE_HEADER = 'x-masthead-store';

const SIGNED = ['webhook-id', 'webhook-timestamp', 'webhook-signature'] as const;

/** One answer whatever is wrong: who guesses learns nothing, not even which stores there are. */
export const notSigned = (): GatewayError =>
  new GatewayError(
    'UNAUTHENTICATED',
    'Send the changes signed by a store: X-Masthead-Store, webhook-id, webhook-timestamp, webhook-signature',
  );

const createWebhook = ({ store, secret }: ChangeHook): Webhook => {
  try {
    return new Webhook(secret);
  } catch {
    // Its own message may quote the secret.
    throw new TypeError(`The hook secret of store "${store}" is no whsec_ and base64`);
  }
};

/** Whether a request says that a store has signed it. */
export const isHook = (headers: IncomingHttpHeaders): boolean => headers[STORE_HEADER] !== undefined;

/**
 * Gives the check of what stores sign, within five minutes of now, in a time that tells nothing of the secret.
 *
 * @returns gives the store that signed exactly these bytes; throws {GatewayError} UNAUTHENTICATED otherwise.
 * @throws {TypeError} when a secret is none.
 */
export const createHookVerifier = (
  hooks: readonly ChangeHook[],
): ((headers: IncomingHttpHeaders, bytes: Buffer) => ChangeHook) => {
  const known = new Map(hooks.map((hook) => [hook.store, { hook, webhook: createWebhook(hook) }]));
  // A store that is not there takes as long as one that is.
  const nobody = new Webhook(randomBytes(32).toString('base64'));
  return (headers, bytes) => {
    const store = known.get(String(headers[STORE_HEADER]));
    const signed = Object.fromEntries(SIGNED.map((name) => [name, String(headers[name] ?? '')]));
    try {
      (store?.webhook ?? nobody).verify(bytes, signed, { jsonParse: false });
    } catch (error) {
      if (error instanceof WebhookVerificationError) throw notSigned();
      throw error;
    }
    if (store === undefined) throw notSigned();
    return store.hook;
  };
};
