import { randomUUID } from 'node:crypto';
import { readDatabaseClock } from '../changes/read-database-clock.ts';
import type { Instant } from '../clock.ts';
import type { Environment } from '../config/schema.ts';
import type { Edition, EditionCode } from '../content/edition.ts';
import type { Database } from '../database/database.ts';
import { GatewayError } from '../errors.ts';
import { createAddressGuard } from '../outbound/address-guard.ts';
import { createGuardedHttpClient } from '../outbound/guarded-http-client.ts';
import { loadPartners, type PartnerStanding } from '../partners/partner-desk.ts';
import { parseEndpointAddress } from '../syndication/webhooks/endpoint-address.ts';
import {
  addEndpoint,
  listEndpoints,
  loadEndpoint,
  loadSecrets,
  rotateSecret,
  type ListedEndpoint,
} from '../syndication/webhooks/endpoint-register.ts';
import { writeTestMessage } from '../syndication/webhooks/message.ts';
import { sendMessage, type Outcome } from '../syndication/webhooks/send-message.ts';
import { CommandError } from './command-error.ts';
import { EXIT, type ExitStatus } from './exit-status.ts';
import type { Terminal } from './terminal.ts';
import { withDatabase } from './with-database.ts';

/** What commands about webhooks work with. */
export interface WebhookDependencies {
  readonly database: Database;
  readonly editions: readonly Edition[];
  readonly allowedNetworks: NonNullable<Environment['WEBHOOK_ALLOW_NETWORKS']>;
  readonly now: Instant;
}

export interface AddWebhookRequest {
  /** Its id. */
  readonly partner: string;
  readonly url: string;
  /** Empty: every one. */
  readonly edition: readonly string[];
  readonly all: boolean;
}

const requirePartner = async (database: Database, id: string): Promise<void> => {
  const [row] = await database.query('SELECT FROM partners WHERE id = $1', [id]);
  if (row === undefined)
    throw new GatewayError(
      'NOT_FOUND',
      `There is no partner ${JSON.stringify(id)}: masthead partner list says who there is`,
    );
};

const parseEditions = (codes: readonly string[], editions: readonly Edition[]): readonly EditionCode[] =>
  codes.map((text) => {
    const edition = editions.find(({ code }) => code === text.toUpperCase());
    if (edition !== undefined) return edition.code;
    throw new GatewayError(
      'BAD_USER_INPUT',
      `There is no edition ${text}; there are ${editions.map(({ code }) => code).join(', ')}`,
    );
  });

/** Adds an endpoint and says its secret, which is said nowhere else. */
export const runAddWebhook = async (
  { database, editions, allowedNetworks, now }: WebhookDependencies,
  { partner, url, edition, all }: AddWebhookRequest,
  { out }: Terminal,
): Promise<ExitStatus> => {
  const address = parseEndpointAddress(url, createAddressGuard(allowedNetworks), allowedNetworks.length > 0);
  const codes = parseEditions(edition, editions);
  await requirePartner(database, partner);
  const { id, secret } = await addEndpoint(
    database,
    { partnerId: partner, url: address, editions: codes, isFromStart: all },
    now,
  );
  out(`${id} is told of ${all ? 'everything there is' : 'what happens from now on'}`);
  out(`Its signing secret, which is shown once: ${secret}`);
  return EXIT.done;
};

const describeState = ({ disabled, failures, restsUntil }: ListedEndpoint, now: Instant): string => {
  if (disabled !== null) return `disabled: ${disabled.reason}, ${new Date(disabled.at).toISOString()}`;
  if (failures > 0) return `no answer ${failures} times`;
  return restsUntil !== null && restsUntil > now
    ? `live, asked to wait until ${new Date(restsUntil).toISOString()}`
    : 'live';
};

/** Why a partner is told nothing now; null: it is. */
const whyNotTold = ({ isRetired, expiresAt, keys }: PartnerStanding, now: Instant): string | null => {
  if (isRetired) return 'its partner is no longer in the configuration file';
  if (expiresAt !== null && expiresAt <= now) return `its partner expired ${new Date(expiresAt).toISOString()}`;
  const opens = keys.some((key) => key.revokedAt === null && (key.expiresAt === null || key.expiresAt > now));
  return opens ? null : 'no key of its partner opens anything';
};

/** Says where partners are told, and how that goes. */
export const runListWebhooks = async (
  { database, now }: WebhookDependencies,
  partner: string | undefined,
  { out }: Terminal,
): Promise<ExitStatus> => {
  const endpoints = await listEndpoints(database, partner);
  const partners = new Map((await loadPartners(database, partner)).map((standing) => [standing.id, standing]));
  if (endpoints.length === 0) out('There are no endpoints: masthead webhook add makes one');
  for (const endpoint of endpoints) {
    const { id, partnerId, url, editions, waiting, abandoned } = endpoint;
    const whose = editions.length === 0 ? '' : ` (${editions.join(', ')})`;
    out(`${id}  ${partnerId}${whose}  ${url}`);
    const standing = partners.get(partnerId);
    const why = standing === undefined ? null : whyNotTold(standing, now);
    const state = why === null || endpoint.disabled !== null ? describeState(endpoint, now) : `told nothing: ${why}`;
    out(`  ${state}; ${waiting} waiting, ${abandoned} given up`);
  }
  return EXIT.done;
};

const describeOutcome = (outcome: Outcome): string => {
  switch (outcome.is) {
    case 'delivered':
      return `It took it (${outcome.status})`;
    case 'gone':
      return 'It wants no more (410): a real message would disable it';
    case 'rejected':
      return `It did not take it (${outcome.status})`;
    case 'unanswered':
      return `It did not take it: ${outcome.why}`;
  }
};

/** A few lines of the answer, harmless to a terminal. */
const SHOWN_BYTES = 2_000;
const showable = (body: Buffer): readonly string[] =>
  body
    .subarray(0, SHOWN_BYTES)
    .toString('utf8')
    .split('\n')
    .map((line) => line.replace(/[\p{Cc}\p{Cf}]/gu, '').trim())
    .filter((line) => line !== '');

/** Sends a test message now, past all that waits, and says what was answered. */
export const runTestWebhook = async (
  { database, allowedNetworks, now }: WebhookDependencies,
  id: string,
  { out }: Terminal,
): Promise<ExitStatus> => {
  const { url } = await loadEndpoint(database, id);
  const secrets = await loadSecrets(database, id, now);
  const http = createGuardedHttpClient({ guard: createAddressGuard(allowedNetworks) });
  const message = writeTestMessage(`test_${randomUUID()}`, now);
  const { outcome, body } = await sendMessage(http, { url, secrets }, { message, now });
  out(describeOutcome(outcome));
  for (const line of showable(body)) out(`| ${line}`);
  return outcome.is === 'delivered' ? EXIT.done : EXIT.failed;
};

/** Gives an endpoint a new secret; both sign for a day. */
export const runRotateWebhook = async (
  { database, now }: WebhookDependencies,
  { id, keepHours }: { readonly id: string; readonly keepHours: number },
  { out }: Terminal,
): Promise<ExitStatus> => {
  await loadEndpoint(database, id);
  const secret = await rotateSecret(database, id, { now, overlapMs: keepHours * 3_600_000 });
  out(`The new signing secret of ${id}, which is shown once: ${secret}`);
  out(keepHours === 0 ? 'The former one signs nothing more' : `The former one signs beside it for ${keepHours} h`);
  return EXIT.done;
};

/** Runs a command about webhooks over the configured database. */
export const webhookCommand = async (
  terminal: Terminal,
  work: (dependencies: WebhookDependencies) => Promise<ExitStatus>,
): Promise<ExitStatus> =>
  await withDatabase(terminal, async (database, { environment, editions }) => {
    const allowedNetworks = environment.WEBHOOK_ALLOW_NETWORKS ?? [];
    try {
      const now = (await readDatabaseClock(database)).now();
      return await work({ database, editions, allowedNetworks, now });
    } catch (error) {
      if (!(error instanceof GatewayError) || error.code !== 'BAD_USER_INPUT') throw error;
      throw new CommandError(error.message, EXIT.badUsage, { cause: error });
    }
  });
