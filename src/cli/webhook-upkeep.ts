import type { Instant } from '../clock.ts';
import type { Queryable } from '../database/database.ts';
import { GatewayError } from '../errors.ts';
import { parseDeltaCursor, sortEditions } from '../syndication/deltas/delta-cursor.ts';
import { loadCursorKey } from '../syndication/deltas/load-deltas.ts';
import { disableEndpoint } from '../syndication/webhooks/delivery-results.ts';
import type { Endpoint } from '../syndication/webhooks/endpoint.ts';
import {
  enableEndpoint,
  loadEndpoint,
  removeEndpoint,
  replayFrom,
  replayWindow,
} from '../syndication/webhooks/endpoint-register.ts';
import { EXIT, type ExitStatus } from './exit-status.ts';
import type { Terminal } from './terminal.ts';
import type { WebhookDependencies } from './webhook-command.ts';

/** Which part is to be told again. */
export interface ReplayRequest {
  /** An instant, e.g. `2026-11-29T06:00:00Z`. */
  readonly since?: string;
  /** Default: now. */
  readonly until?: string;
  /** Of the deltas. */
  readonly after?: string;
  readonly all: boolean;
}

const parseInstant = (text: string): Instant => {
  const instant = /^\d{4}-\d\d-\d\dT/.test(text) ? Date.parse(text) : Number.NaN;
  if (Number.isNaN(instant))
    throw new GatewayError('BAD_USER_INPUT', `${JSON.stringify(text)} is no instant such as 2026-11-29T06:00:00Z`);
  return instant;
};

/** @throws {GatewayError} BAD_USER_INPUT for a cursor that the endpoint could not go on from: it would be told nothing at all. */
const checkCursor = async (
  database: Queryable,
  { editions, partnerId }: Endpoint,
  cursor: string | undefined,
): Promise<void> => {
  if (cursor === undefined) return;
  const key = await loadCursorKey(database);
  parseDeltaCursor(cursor, { key, editions: sortEditions(editions), holder: partnerId });
};

/** Has an endpoint told again. */
export const runReplayWebhook = async (
  { database, now }: WebhookDependencies,
  { id, since, until, after, all }: ReplayRequest & { readonly id: string },
  { out }: Terminal,
): Promise<ExitStatus> => {
  if ([since, after, all ? '' : undefined].filter((given) => given !== undefined).length !== 1)
    throw new GatewayError('BAD_USER_INPUT', 'Say one of --since, --after and --all');
  if (until !== undefined && since === undefined) throw new GatewayError('BAD_USER_INPUT', '--until goes with --since');
  const window =
    since === undefined
      ? undefined
      : { from: parseInstant(since), to: until === undefined ? now : parseInstant(until) };
  const endpoint = await loadEndpoint(database, id);
  if (window === undefined) {
    await checkCursor(database, endpoint, after);
    await replayFrom(database, id, after ?? null);
    out(`${id} is told again of everything ${after === undefined ? 'there is' : 'after the cursor'}`);
  } else {
    const count = await replayWindow(database, id, window, now);
    out(`${id} is told again of ${count} changes, behind what waits for it`);
  }
  return EXIT.done;
};

/** Stops telling an endpoint; what waits for it stays. */
export const runDisableWebhook = async (
  { database, now }: WebhookDependencies,
  id: string,
  { out }: Terminal,
): Promise<ExitStatus> => {
  await loadEndpoint(database, id);
  const isNew = await disableEndpoint(database, id, 'operator', now);
  out(isNew ? `${id} is told nothing until masthead webhook enable` : `${id} is disabled, as it was before`);
  return EXIT.done;
};

/** Lets an endpoint go on where it stood. */
export const runEnableWebhook = async (
  { database, now }: WebhookDependencies,
  id: string,
  { out }: Terminal,
): Promise<ExitStatus> => {
  await loadEndpoint(database, id);
  await enableEndpoint(database, id, now);
  out(`${id} goes on where it stood`);
  return EXIT.done;
};

/** Forgets an endpoint, its secrets and what it was told. */
export const runRemoveWebhook = async (
  { database }: WebhookDependencies,
  id: string,
  { out }: Terminal,
): Promise<ExitStatus> => {
  await loadEndpoint(database, id);
  await removeEndpoint(database, id);
  out(`${id} is forgotten`);
  return EXIT.done;
};
