import { systemClock, type Instant } from '../clock.ts';
import type { Config } from '../config/load.ts';
import { partnerName, partnerSetting } from '../config/partner-schema.ts';
import type { Plan } from '../content/plan.ts';
import type { Database } from '../database/database.ts';
import { GatewayError } from '../errors.ts';
import { addDeclared } from '../partners/declare-partners.ts';
import { loadUsage } from '../partners/load-usage.ts';
import {
  addPartner,
  loadPartners,
  revokeKeys,
  rotateKey,
  type KeyStanding,
  type PartnerStanding,
} from '../partners/partner-desk.ts';
import type { NewKey } from '../partners/partner-key.ts';
import { CommandError } from './command-error.ts';
import { EXIT, type ExitStatus } from './exit-status.ts';
import { loadSpendingTable } from './load-spending-table.ts';
import { printTable } from './print-table.ts';
import type { Terminal } from './terminal.ts';
import { withDatabase } from './with-database.ts';

export interface AddRequest {
  readonly id: string;
  readonly plan: string;
  readonly name?: string;
  readonly expires?: string;
  readonly address: readonly string[];
}
export interface RotateRequest {
  readonly id: string;
  /** Hours. */
  readonly keep: number;
}
export interface RevokeRequest {
  readonly id: string;
  readonly key?: string;
}
export interface UsageRequest {
  readonly id?: string;
  readonly days: number;
}

const HOUR_MS = 60 * 60_000;

/** `work` on the database, in which are by then the plans and partners of the configuration file that were not. */
const atDesk = (terminal: Terminal, work: (database: Database, config: Config) => Promise<ExitStatus>) =>
  withDatabase(terminal, async (database, config) => {
    await addDeclared(database, config);
    try {
      return await work(database, config);
    } catch (error) {
      if (error instanceof GatewayError && error.code === 'BAD_USER_INPUT')
        throw new CommandError(error.message, EXIT.badUsage, { cause: error });
      throw error;
    }
  });

const writeInstant = (at: Instant): string => new Date(at).toISOString().replace('.000Z', 'Z');

/** The key alone on standard output: what reads it has nothing to cut off. */
const showKey = ({ text }: NewKey, { out, err }: Terminal): void => {
  out(text);
  err(
    'This is the only time the key is shown: it is not kept. Send it as Authorization: Bearer KEY, or X-Api-Key: KEY',
  );
};

const stateOf = ({ revokedAt, expiresAt }: KeyStanding, now: Instant): string => {
  if (revokedAt !== null) return `revoked ${writeInstant(revokedAt)}`;
  if (expiresAt === null) return 'open';
  return `${expiresAt <= now ? 'expired' : 'open until'} ${writeInstant(expiresAt)}`;
};

const isOpen = ({ revokedAt, expiresAt }: KeyStanding, now: Instant): boolean =>
  revokedAt === null && (expiresAt === null || expiresAt > now);

const describePlan = ({ editions, sections, kinds, syndication, embargoed, budget }: Plan): readonly string[][] => [
  ['editions', editions?.join(', ') ?? 'all'],
  [
    'sections',
    sections === null
      ? 'all'
      : Object.entries(sections)
          .map(([edition, paths]) => `${edition}: ${paths.join(', ')}`)
          .join('; '),
  ],
  ['kinds', kinds?.join(', ') ?? 'all'],
  ['syndication', syndication],
  ['embargoed', embargoed ? 'before the end of the embargo' : 'when the embargo has ended'],
  ['budget', budget === null ? 'no limit of its own' : `${budget.capacity}, ${budget.refillPerMinute} a minute`],
];

const endOfPartner = ({ isRetired, expiresAt }: PartnerStanding): string => {
  if (isRetired) return 'no longer in the configuration file';
  return expiresAt === null ? 'never' : writeInstant(expiresAt);
};

/** `masthead partner add PARTNER --plan PLAN`. */
export const addCommand = (request: AddRequest, terminal: Terminal): Promise<ExitStatus> => {
  const { id, address: addresses, ...rest } = request;
  const name = partnerName.safeParse(id);
  const setting = partnerSetting.safeParse({ ...rest, addresses });
  const issues = [
    ...(name.error?.issues ?? []).map(({ message }) => `the partner ${message}`),
    ...(setting.error?.issues ?? []).map(({ path, message }) => `${path.join('.')}: ${message}`),
    // In a file it may stand for years after; whoever adds a partner means to open something.
    ...(Date.parse(setting.data?.expires ?? '') <= systemClock.now() ? ['expires: must be in the future'] : []),
  ];
  if (!setting.success || issues.length > 0) throw new CommandError(issues.join('\n'), EXIT.badUsage);
  return atDesk(terminal, async (database) => {
    const { plan, expires } = setting.data;
    const expiresAt = expires === undefined ? null : Date.parse(expires);
    const partner = { id, name: setting.data.name ?? id, plan, expiresAt, addresses: setting.data.addresses };
    showKey(await addPartner(database, partner), terminal);
    return EXIT.done;
  });
};

/** `masthead partner list`. */
export const listCommand = (terminal: Terminal): Promise<ExitStatus> =>
  atDesk(terminal, async (database) => {
    const partners = await loadPartners(database);
    if (partners.length === 0) terminal.err('There are no partners: masthead partner add makes one');
    const now = systemClock.now();
    const rows = partners.map((partner) => [
      partner.id,
      partner.name,
      partner.plan,
      String(partner.keys.filter((key) => isOpen(key, now)).length),
      endOfPartner(partner),
    ]);
    if (rows.length > 0) printTable([['partner', 'name', 'plan', 'open keys', 'ends'], ...rows], terminal.out);
    return EXIT.done;
  });

/** `masthead partner show PARTNER`. */
export const showCommand = (id: string, terminal: Terminal): Promise<ExitStatus> =>
  atDesk(terminal, async (database) => {
    const [partner] = await loadPartners(database, id);
    if (partner === undefined) throw new CommandError(`There is no partner ${JSON.stringify(id)}`, EXIT.failed);
    const now = systemClock.now();
    const rows = [
      ['partner', `${partner.id} (${partner.name})`],
      ['named by', partner.isDeclared ? 'the configuration file' : 'masthead partner add'],
      ['ends', endOfPartner(partner)],
      ['sends from', partner.addresses.join(', ') || 'anywhere'],
      ['plan', partner.plan],
      ...describePlan(partner.content),
      ...partner.keys.map((key) => [`key ${key.prefix}`, `${stateOf(key, now)}, made ${writeInstant(key.createdAt)}`]),
    ];
    printTable(rows, terminal.out);
    return EXIT.done;
  });

/** `masthead partner rotate PARTNER`. */
export const rotateCommand = ({ id, keep }: RotateRequest, terminal: Terminal): Promise<ExitStatus> =>
  atDesk(terminal, async (database) => {
    showKey(await rotateKey(database, id, { keepMs: keep * HOUR_MS, now: systemClock.now() }), terminal);
    return EXIT.done;
  });

/** `masthead partner revoke PARTNER`. */
export const revokeCommand = ({ id, key }: RevokeRequest, terminal: Terminal): Promise<ExitStatus> =>
  atDesk(terminal, async (database) => {
    const prefixes = await revokeKeys(database, id, key);
    if (prefixes.length === 0) throw new CommandError('No key of it was open by that name', EXIT.failed);
    terminal.out(`Revoked: ${prefixes.join(', ')}. Every process refuses it within 5 s`);
    return EXIT.done;
  });

/** `masthead partner usage [PARTNER]`. */
export const usageCommand = ({ id, days }: UsageRequest, terminal: Terminal): Promise<ExitStatus> =>
  atDesk(terminal, async (database) => {
    const now = systemClock.now();
    const usage = await loadUsage(database, { ...(id === undefined ? {} : { id }), days, now });
    const rows = usage.map(({ day, partnerId, prefix, requests }) => [day, partnerId, prefix, String(requests)]);
    printTable([['day', 'partner', 'key', 'requests'], ...rows], terminal.out);
    const spending = await loadSpendingTable(database, { id, days, now });
    if (spending.length > 1) terminal.out('');
    if (spending.length > 1) printTable(spending, terminal.out);
    return EXIT.done;
  });
