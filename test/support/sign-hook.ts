import { Webhook } from 'standardwebhooks';
import type { App } from '../../src/app.ts';

/** A secret of Standard Webhooks for tests. */
export const HOOK_SECRET = `whsec_${Buffer.from('a secret of the desk, long enough').toString('base64')}`;

let requests = 0;

/** Reports `changes` as the plugin of the store called `store` does; `id` is a new one unless it is given. */
export const sendHook = async (
  { server }: Pick<App, 'server'>,
  changes: readonly object[],
  { store = 'desk', secret = HOOK_SECRET, id }: { store?: string; secret?: string; id?: string } = {},
) => {
  requests += 1;
  const name = id ?? `test-${requests}`;
  const payload = JSON.stringify({ id: name, changes });
  const now = new Date();
  return await server.inject({
    method: 'POST',
    url: '/changes',
    payload,
    headers: {
      'content-type': 'application/json',
      'x-masthead-store': store,
      'webhook-id': name,
      'webhook-timestamp': String(Math.floor(now.getTime() / 1_000)),
      'webhook-signature': new Webhook(secret).sign(name, now, payload),
    },
  });
};
