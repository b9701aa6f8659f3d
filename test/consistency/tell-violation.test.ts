import { describe, expect, it } from 'vitest';
import type { HistoryEvent, Read, Violation } from './history.ts';
import { tellViolation } from './tell-violation.ts';

const write = (at: number, version: number, article = 'en-1'): HistoryEvent => ({
  event: 'write',
  at,
  article,
  version,
  lists: ['en/all'],
  isWithdrawal: false,
});
const acknowledgement = (at: number, version: number, article = 'en-1'): HistoryEvent => ({
  event: 'acknowledgement',
  at,
  article,
  version,
  pending: [],
});
const read = (at: number, version: number): Read => ({
  event: 'read',
  process: 'gateway-0',
  begunAt: at - 1,
  heardAt: at,
  asked: { of: 'article', article: 'en-1' },
  shown: { articles: [{ article: 'en-1', version }], count: null },
  label: '200 hit',
  wasStopped: false,
});
const violationOf = (last: Read): Violation => ({
  rule: 'stale',
  detail: 'en-1 v1 was shown after v2 was acknowledged',
  article: 'en-1',
  read: last,
});

describe('tellViolation', () => {
  const last = read(60, 1);
  const history = [
    write(1, 1),
    { event: 'commit', at: 2, article: 'en-1', version: 1 } as const,
    read(10, 1),
    read(11, 1),
    write(20, 2),
    write(25, 9, 'en-2'),
    acknowledgement(30, 2),
    acknowledgement(59.5, 3),
    last,
  ];

  it('says first what was broken, by which answer, and which write had been acknowledged', () => {
    expect(tellViolation(history, violationOf(last)).slice(0, 5)).toEqual([
      'stale: en-1 v1 was shown after v2 was acknowledged, by gateway-0',
      '      60.0  gateway-0 answers en-1: v1, began 59.0 (200 hit)',
      'the last acknowledgement before it:',
      '      20.0  en-1 v2 is written: en/all',
      '      30.0  en-1 v2 is acknowledged',
    ]);
  });

  it('then tells what came before, without other articles and answers that say the same again', () => {
    const lines = tellViolation(history, violationOf(last));
    expect(lines.slice(lines.indexOf('what came before:') + 1).map((line) => line.trim().split(' ')[0])).toEqual([
      '1.0',
      '2.0',
      '10.0',
      '20.0',
      '30.0',
      '59.5',
    ]);
  });

  it('tells no more than a log shows at a glance', () => {
    const many = Array.from({ length: 500 }, (_, index) => read(100 + index, 1 + (index % 2)));
    const broken = read(700, 1);
    expect(tellViolation([...history, ...many, broken], violationOf(broken)).length).toBeLessThan(32);
  });
});
