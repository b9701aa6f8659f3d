import type { Instant } from '../../clock.ts';
import type { EndpointTold } from '../../syndication/recall/load-told.ts';
import type { Recipient } from '../../syndication/recall/load-recipients.ts';
import { printTable } from '../print-table.ts';
import type { Terminal } from '../terminal.ts';
import { findSilent, isGoneEverywhere, type Receipt } from './receipt.ts';

const instant = (at: Instant): string => new Date(at).toISOString();

const layersOf = ({ processes, redis, cdn, partners, reads }: Receipt): readonly (readonly string[])[] => {
  const { following, pending, waitedMs } = processes;
  const endpoints = partners.flatMap((partner) => partner.endpoints);
  const heard = endpoints.filter(({ state }) => state === 'acknowledged').length;
  const outcomes = reads.flatMap((place) => place.reads);
  const named = (part: string): string => {
    const asked = outcomes.filter(({ question }) => question.startsWith(part));
    const gone = asked.filter(({ outcome }) => outcome === 'gone').length;
    return asked.length === 0 ? 'not read' : `gone in ${gone} of ${asked.length} reads`;
  };
  const redisSays = {
    read: 'what it held of before is not answered: read by a gateway just started',
    away: 'did not answer: what it holds of before is refused by every process, by the log',
    'not configured': 'not configured',
    'not read': 'not read',
  } as const;
  return [
    [
      'processes',
      pending.length === 0
        ? `${following.length} follow the log, none answers from before (${waitedMs} ms)`
        : pending.map(({ process, until }) => `${process} may answer from before until ${instant(until)}`).join('; '),
    ],
    ['redis', redisSays[redis]],
    [
      'cdn',
      cdn.state === 'pending'
        ? `not purged: it may answer from before until ${cdn.until === null ? '?' : instant(cdn.until)}`
        : cdn.state,
    ],
    ['answers', `article ${named('article')}, lists ${named('list')}, search ${named('search')}`],
    ['feeds', named('feed')],
    ['sitemaps', named('sitemap')],
    ['deltas', named('delta')],
    ['webhooks', endpoints.length === 0 ? 'nobody to be told' : `${heard} of ${endpoints.length} have taken the KILL`],
  ];
};

const endpointSays = ({ endpoint, state, at, attempts, lastStatus }: EndpointTold): string => {
  switch (state) {
    case 'acknowledged':
      return `${endpoint} has taken it at ${at === null ? '?' : instant(at)}`;
    case 'waiting':
      return `${endpoint} waits, after ${attempts} tries${lastStatus === null ? '' : `, the last answered ${lastStatus}`}`;
    case 'abandoned':
      return `${endpoint} has refused it`;
    case 'disabled':
      return `${endpoint} is disabled`;
    case 'unheard':
      return `${endpoint} was not told`;
  }
};

const knowsOf = ({ acknowledged, endpoints }: Recipient): string => {
  if (acknowledged !== null)
    return acknowledged.by === 'webhook'
      ? `knows: took the KILL by webhook at ${instant(acknowledged.at)}`
      : `knows: came back from behind the KILL in its deltas, seen ${instant(acknowledged.at)}`;
  const said = endpoints.map(endpointSays).join('; ');
  return `has not shown that it knows${said === '' ? ': it has no endpoint, and has not come back to its deltas' : `: ${said}`}`;
};

const printPartners = ({ partners, underWay }: Receipt, out: Terminal['out']): void => {
  if (partners.length === 0) return out('No partner was given it, as far as is recorded.');
  out('Partners that were given it:');
  const rows = partners.flatMap(({ partnerId, holdings }) =>
    holdings.map(({ version, via, extent, firstAt, lastAt, times }) => [
      `  ${partnerId}`,
      `version ${version}`,
      `${extent} by ${via}`,
      times === 1 ? 'once' : `${times} times`,
      `${instant(firstAt)} to ${instant(lastAt)}`,
    ]),
  );
  printTable(rows, out);
  for (const { partnerId, endpoint } of underWay)
    out(
      `  ${partnerId} may have been given it: ${endpoint} was being sent to, and no process has said what it was given`,
    );
  for (const partner of partners) out(`  ${partner.partnerId} ${knowsOf(partner)}`);
  return undefined;
};

const printReads = ({ reads, unreached }: Receipt, { out, err }: Terminal): void => {
  out('Read again:');
  for (const { where, as, reads: all } of reads) {
    const gone = all.filter(({ outcome }) => outcome === 'gone').length;
    out(`  ${where} as ${as}: gone in ${gone} of ${all.length}`);
    for (const { question, outcome, why } of all)
      if (outcome === 'shown') err(`${where} as ${as} still shows it: ${question}`);
      else if (outcome === 'unread') err(`${where} as ${as} gave no answer: ${question} (${why ?? '?'})`);
  }
  for (const where of unreached) out(`  ${where}: nobody answers there, not read`);
};

/** Prints `receipt` for people. */
export const printReceipt = (receipt: Receipt, terminal: Terminal): void => {
  const { out, err } = terminal;
  const { article, order, orders, kill } = receipt;
  out(`Receipt for ${article.id}${article.headline === null ? '' : ` "${article.headline}"`}`);
  if (kill === null) return err('Nobody has taken it down: there is no KILL of it');
  const laid = order ?? orders.find(({ kind: did, orderedAt }) => did === 'lay' && orderedAt === kill.occurredAt);
  const said = laid === undefined ? 'by its publishing system' : `by order of ${instant(laid.orderedAt)}`;
  out(`  taken back ${said}, change ${kill.changeId} of ${instant(kill.occurredAt)}`);
  if (laid !== undefined) out(`  reason: ${laid.reason ?? 'none given'}`);
  for (const { kind: did, reason, orderedAt } of orders.filter((one) => one.orderedAt !== laid?.orderedAt))
    out(
      `  ${did === 'lay' ? 'taken down' : 'put back'} ${orderedAt > kill.occurredAt ? 'since' : 'before'}, by order of ${instant(orderedAt)}: ${reason ?? 'no reason given'}`,
    );
  printTable(
    layersOf(receipt).map(([layer = '', state = '']) => [`  ${layer}`, state]),
    out,
  );
  printReads(receipt, terminal);
  printPartners(receipt, out);
  const silent = findSilent(receipt).length;
  out(
    isGoneEverywhere(receipt)
      ? `Gone everywhere that was looked, at ${instant(receipt.at)}; ${silent} of those who have it have not shown that they know`
      : `NOT gone everywhere, at ${instant(receipt.at)}`,
  );
  return undefined;
};
