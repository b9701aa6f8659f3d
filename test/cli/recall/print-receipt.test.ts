import { describe, expect, it } from 'vitest';
import { printReceipt } from '../../../src/cli/recall/print-receipt.ts';
import { findSilent, type Receipt } from '../../../src/cli/recall/receipt.ts';
import type { TakedownOrder } from '../../../src/ingest/takedown-orders.ts';
import { hear } from '../hear.ts';

const id = 'art_en_00000000000000000000';
const at = (second: number): number => Date.UTC(2026, 10, 29, 16, 0, second);
const ordered = (kind: TakedownOrder['kind'], second: number): TakedownOrder => ({
  articleId: id,
  kind,
  reason: `${kind} at ${second}`,
  orderedAt: at(second),
});
const receiptOf = (killedAt: number, orders: readonly TakedownOrder[]): Receipt => ({
  article: { id, edition: 'EN', headline: 'Cable', url: 'http://localhost/en/cable' },
  order: orders[0]?.kind === 'lay' ? orders[0] : null,
  orders,
  kill: { epoch: 'e', sequence: 7, changeId: 'chg_e_7', occurredAt: at(killedAt) },
  at: at(59),
  processes: { following: [], pending: [], waitedMs: 0 },
  redis: 'not configured',
  cdn: { state: 'not configured', until: null },
  reads: [],
  unreached: [],
  underWay: [],
  partners: [],
});
const saidOf = (receipt: Receipt): readonly string[] => {
  const terminal = hear();
  printReceipt(receipt, terminal);
  return terminal.said.slice(1, 4).map((line) => line.replaceAll('2026-11-29T16:00:', '').replaceAll('.000Z', ''));
};

describe('by whom a receipt says that a story was taken back', () => {
  it('by the order that lies, with those before it', () => {
    expect(saidOf(receiptOf(3, [ordered('lay', 3), ordered('lift', 2), ordered('lay', 1)]))).toEqual([
      '  taken back by order of 03, change chg_e_7 of 03',
      '  reason: lay at 3',
      '  put back before, by order of 02: lift at 2',
    ]);
  });

  it('by an order that was lifted since, and that it was', () => {
    expect(saidOf(receiptOf(1, [ordered('lift', 2), ordered('lay', 1)]))).toEqual([
      '  taken back by order of 01, change chg_e_7 of 01',
      '  reason: lay at 1',
      '  put back since, by order of 02: lift at 2',
    ]);
  });

  it('by its publishing system where no order did it', () => {
    expect(saidOf(receiptOf(1, [ordered('lift', 2)])).slice(0, 2)).toEqual([
      '  taken back by its publishing system, change chg_e_7 of 01',
      '  put back since, by order of 02: lift at 2',
    ]);
  });
});

describe('a receipt while it is not known what an endpoint was given', () => {
  const waiting = {
    endpoint: 'we_1',
    partnerId: 'wire',
    state: 'waiting',
    at: null,
    attempts: 0,
    lastStatus: null,
  } as const;
  const inDoubt: Receipt = {
    ...receiptOf(1, []),
    underWay: [{ endpoint: 'we_1', partnerId: 'wire' }],
    partners: [{ partnerId: 'wire', partnerName: 'Wire', holdings: [], endpoints: [waiting], acknowledged: null }],
  };

  it('says so, and counts its partner among those that have not shown that they know', () => {
    const terminal = hear();
    printReceipt(inDoubt, terminal);
    expect(terminal.said).toContain(
      '  wire may have been given it: we_1 was being sent to, and no process has said what it was given',
    );
    expect(findSilent(inDoubt).map(({ partnerId }) => partnerId)).toEqual(['wire']);
    expect(findSilent({ ...inDoubt, underWay: [] })).toEqual([]);
  });
});
