import { setTimeout as pause } from 'node:timers/promises';
import type { Appender } from '../../changes/appender.ts';
import { systemClock } from '../../clock.ts';
import type { Config } from '../../config/load.ts';
import type { ArticleId } from '../../content/ids.ts';
import type { Database } from '../../database/database.ts';
import { loadRecipients } from '../../syndication/recall/load-recipients.ts';
import { EXIT, type ExitStatus } from '../exit-status.ts';
import type { Terminal } from '../terminal.ts';
import { makeReceipt } from './make-receipt.ts';
import { printReceipt } from './print-receipt.ts';
import { findSilent, isGoneEverywhere, type Receipt } from './receipt.ts';

export interface ReceiptRequest {
  readonly id: ArticleId;
  /** As JSON, for programs. */
  readonly json: boolean;
  /** Waits so long for partners that have it to show that they know; 0: for nobody. */
  readonly followSeconds: number;
  readonly urls: readonly string[];
}

export interface ReceiptDependencies {
  readonly config: Config;
  readonly database: Database;
  readonly appender: Pick<Appender, 'acknowledge'>;
}

const LOOK_EVERY_MS = 1_000;

/** Waits until every partner that has it has shown that it knows, and says so of each as it does. */
const follow = async (
  database: Database,
  receipt: Receipt,
  seconds: number,
  say: Terminal['err'],
): Promise<Receipt> => {
  const { kill, article, underWay } = receipt;
  const end = systemClock.now() + seconds * 1000;
  let current = receipt;
  let silent = findSilent(receipt);
  if (kill === null) return receipt;
  while (silent.length > 0 && systemClock.now() < end) {
    await pause(LOOK_EVERY_MS);
    const partners = await loadRecipients(database, article.id, kill, underWay);
    current = { ...current, partners, at: systemClock.now() };
    const still = findSilent(current);
    for (const { partnerId } of silent)
      if (!still.some((one) => one.partnerId === partnerId)) say(`${partnerId} has shown that it knows`);
    silent = still;
  }
  return current;
};

/** Prints the receipt of an article that was taken back, as it is now; failed while it is not gone everywhere. */
export const runReceipt = async (
  { config, database, appender }: ReceiptDependencies,
  { id, json, followSeconds, urls }: ReceiptRequest,
  terminal: Terminal,
): Promise<ExitStatus> => {
  const made = await makeReceipt({ config, database, appender, id, urls });
  const isFollowed = followSeconds > 0 && findSilent(made).length > 0;
  if (isFollowed)
    terminal.err(`Waiting up to ${followSeconds} s for ${findSilent(made).length} partners to show that they know`);
  const receipt = isFollowed ? await follow(database, made, followSeconds, terminal.err) : made;
  if (json) terminal.out(JSON.stringify({ ...receipt, isGone: isGoneEverywhere(receipt) }, null, 2));
  else printReceipt(receipt, terminal);
  const isDone = isGoneEverywhere(receipt) && (followSeconds === 0 || findSilent(receipt).length === 0);
  return isDone ? EXIT.done : EXIT.failed;
};
