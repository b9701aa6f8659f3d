import { createHmac, timingSafeEqual } from 'node:crypto';
import { bodyOf, startHandServer, type HandServer } from '../outbound/hand-server.ts';

/** A delivery whose signature was right. */
export interface Delivery {
  readonly id: string;
  readonly store: string;
  readonly sentAtSeconds: number;
  readonly changes: readonly Readonly<Record<string, unknown>>[];
}

/** Stands where a gateway would and takes what a publishing system sends. */
export interface HookReceiver extends HandServer {
  /** All so far, oldest first. */
  readonly deliveries: readonly Delivery[];
  /** Why others were refused. */
  readonly refused: readonly string[];
  /** The ids of all requests that came whole, whatever became of them. */
  readonly ids: readonly string[];
  /** How many requests came. */
  readonly asked: () => number;
  /** What it answers from now on. */
  answer(status: number | 'nothing'): void;
  /** Forgets what came. */
  clear(): void;
}

const isSigned = (secret: string, signature: string, text: string): boolean => {
  const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64');
  const own = Buffer.from(`v1,${createHmac('sha256', key).update(text).digest('base64')}`);
  const given = Buffer.from(signature);
  return given.length === own.length && timingSafeEqual(given, own);
};

/** Listens at `/changes`, reading deliveries as https://www.standardwebhooks.com has them signed. */
export const startHookReceiver = async (secret: string): Promise<HookReceiver> => {
  const deliveries: Delivery[] = [];
  const refused: string[] = [];
  const ids: string[] = [];
  let status: number | 'nothing' = 200;
  let asked = 0;
  const server = await startHandServer(async (request, response) => {
    asked += 1;
    if (status === 'nothing') return;
    const text = await bodyOf(request);
    const header = (name: string): string => String(request.headers[name] ?? '');
    const [id, seconds] = [header('webhook-id'), header('webhook-timestamp')];
    ids.push(id);
    const body = JSON.parse(text) as Pick<Delivery, 'id' | 'changes'>;
    if (request.method !== 'POST' || request.url !== '/changes') refused.push(`${request.method} ${request.url}`);
    else if (!isSigned(secret, header('webhook-signature'), `${id}.${seconds}.${text}`)) refused.push('signature');
    else if (body.id !== id) refused.push('id');
    else if (status < 300)
      deliveries.push({
        id,
        store: header('x-masthead-store'),
        sentAtSeconds: Number(seconds),
        changes: body.changes,
      });
    response.writeHead(status).end('{}');
  });
  return {
    ...server,
    deliveries,
    refused,
    ids,
    asked: () => asked,
    answer(next) {
      status = next;
    },
    clear() {
      deliveries.length = 0;
      refused.length = 0;
      ids.length = 0;
      asked = 0;
    },
  };
};
