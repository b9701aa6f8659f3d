import { describe, expect, it } from 'vitest';
import { createChecker } from './checker.ts';
import type { HistoryEvent, Pending, Read, Shown, Violation } from './history.ts';

const write = (at: number, version: number, lists: readonly string[] = ['all'], article = 'a'): HistoryEvent => ({
  event: 'write',
  at,
  article,
  version,
  lists,
  isWithdrawal: false,
});
const withdraw = (at: number, version: number): HistoryEvent => ({
  event: 'write',
  at,
  article: 'a',
  version,
  lists: [],
  isWithdrawal: true,
});
const commit = (at: number, version: number, article = 'a'): HistoryEvent => ({
  event: 'commit',
  at,
  article,
  version,
});
const acknowledge = (at: number, version: number, pending: readonly Pending[] = [], article = 'a'): HistoryEvent => ({
  event: 'acknowledgement',
  at,
  article,
  version,
  pending,
});
const show = (version: number | null, article = 'a'): Shown => ({
  articles: version === null ? [] : [{ article, version }],
  count: null,
});
const read = (begunAt: number, heardAt: number, shown: Shown, other: Partial<Read> = {}): Read => ({
  event: 'read',
  process: 'p',
  begunAt,
  heardAt,
  asked: { of: 'article', article: 'a' },
  shown,
  label: 'hit',
  wasStopped: false,
  ...other,
});
const list = (begunAt: number, heardAt: number, shown: Shown, name = 'all'): Read =>
  read(begunAt, heardAt, shown, { asked: { of: 'list', list: name } });

const judge = (...history: readonly HistoryEvent[]): readonly Violation['rule'][] => {
  const checker = createChecker({ sentMarginMs: 5 });
  return history.flatMap((event) => checker.take(event)?.rule ?? []);
};

describe('createChecker', () => {
  describe('one article', () => {
    const begin = [write(0, 1), commit(1, 1), acknowledge(2, 1), write(10, 2), commit(12, 2)] as const;

    it('accepts either version while a change is on its way', () => {
      expect(judge(...begin, read(13, 14, show(1)), read(13, 14, show(2)), read(14, 15, show(1)))).toEqual([]);
    });
    it('accepts the new version before anybody said that it was committed', () => {
      expect(judge(write(0, 1), commit(1, 1), write(10, 2), read(10, 11, show(2)))).toEqual([]);
    });
    it('accepts the old version of a read that began before the acknowledgement and ended after it', () => {
      expect(judge(...begin, acknowledge(20, 2), read(19, 900, show(1)))).toEqual([]);
    });
    it('flags the old version in a read that began after the acknowledgement', () => {
      expect(judge(...begin, acknowledge(20, 2), read(20, 21, show(1)))).toEqual(['stale']);
    });
    it('flags it in a read that began long after, and past acknowledgements of later versions', () => {
      expect(
        judge(...begin, acknowledge(20, 2), write(30, 3), acknowledge(35, 3), read(5_000, 5_001, show(1))),
      ).toEqual(['stale']);
    });
    it('accepts the acknowledged version while a later one is on its way', () => {
      expect(judge(...begin, acknowledge(20, 2), write(30, 3), read(31, 32, show(2)))).toEqual([]);
    });
    it('flags a version that nobody wrote, and one that was written after it was read', () => {
      expect(judge(...begin, read(13, 14, show(7)))).toEqual(['never written']);
      expect(judge(...begin, write(50, 3), read(13, 14, show(3)))).toEqual(['never written']);
    });
    it('flags an article that was not asked for', () => {
      expect(judge(...begin, write(11, 3, ['all'], 'b'), read(13, 14, show(3, 'b')))).toEqual(['crossing']);
    });
  });

  describe('an acknowledgement that names who is pending', () => {
    const begin = [
      write(0, 1),
      acknowledge(2, 1),
      write(10, 2),
      commit(12, 2),
      acknowledge(20, 2, [{ process: 'late', until: 100 }]),
    ] as const;

    it('lets those who are named answer from before, until their time is over', () => {
      expect(judge(...begin, read(99, 100, show(1), { process: 'late' }))).toEqual([]);
      expect(judge(...begin, read(100, 101, show(1), { process: 'late' }))).toEqual(['stale']);
    });
    it('lets a name that is named twice answer until the later of its times', () => {
      const pending = [
        { process: 'late', until: 100 },
        { process: 'late', until: 50 },
      ];
      const twice = [...begin.slice(0, 4), acknowledge(20, 2, pending)];
      expect(judge(...twice, read(99, 100, show(1), { process: 'late' }))).toEqual([]);
      expect(judge(...twice, read(100, 101, show(1), { process: 'late' }))).toEqual(['stale']);
    });
    it('binds everybody else at once', () => {
      expect(judge(...begin, read(21, 22, show(1), { process: 'other' }))).toEqual(['stale']);
    });
    it('does not loosen an earlier promise', () => {
      const again = [write(30, 3), acknowledge(40, 3, [{ process: 'late', until: 200 }])];
      expect(judge(...begin, ...again, read(150, 151, show(2), { process: 'late' }))).toEqual([]);
      expect(judge(...begin, ...again, read(150, 151, show(1), { process: 'late' }))).toEqual(['stale']);
    });
  });

  describe('an outcome nobody knows', () => {
    it('may have happened or not until it is known', () => {
      const history = [write(0, 1), acknowledge(2, 1), write(10, 2)] as const;
      expect(judge(...history, read(900, 901, show(2)), read(902, 903, show(1)))).toEqual([]);
    });
    it('has happened once everything is quiet', () => {
      const history = [write(0, 1), acknowledge(2, 1), write(10, 2), { event: 'quiet', at: 50 }] as const;
      expect(judge(...history, read(51, 52, show(1)))).toEqual(['stale']);
      expect(judge(...history, read(51, 52, show(2)))).toEqual([]);
    });
  });

  describe('what is not found', () => {
    it('may be missing before it is acknowledged and not after', () => {
      expect(judge(read(0, 1, show(null)), write(2, 1), read(3, 4, show(null)))).toEqual([]);
      expect(judge(write(2, 1), acknowledge(5, 1), read(6, 7, show(null)))).toEqual(['stale']);
    });
    it('has to be missing once its withdrawal is acknowledged', () => {
      const history = [write(0, 1), acknowledge(2, 1), withdraw(10, 2), acknowledge(20, 2)] as const;
      expect(judge(...history, read(21, 22, show(null)))).toEqual([]);
      expect(judge(...history, read(21, 22, show(1)))).toEqual(['stale']);
    });
    it('may come back when the withdrawal is lifted, with a new version only', () => {
      const history = [write(0, 1), acknowledge(2, 1), withdraw(10, 2), acknowledge(20, 2), write(30, 3)] as const;
      expect(judge(...history, read(31, 32, show(3)), read(31, 32, show(null)))).toEqual([]);
      expect(judge(...history, acknowledge(40, 3), read(41, 42, show(null)))).toEqual(['stale']);
      expect(judge(...history, acknowledge(40, 3), read(41, 42, show(1)))).toEqual(['stale']);
    });
  });

  describe('an answer that begins after a withdrawal was acknowledged', () => {
    const history = [write(0, 1), acknowledge(2, 1), withdraw(10, 2), acknowledge(20, 2)] as const;

    it('may not show what was withdrawn, whenever it was asked for', () => {
      expect(judge(...history, read(9, 26, show(1)))).toEqual(['sent after withdrawal']);
    });
    it('may do so within the margin of hearing about it', () => {
      expect(judge(...history, read(9, 24, show(1)))).toEqual([]);
    });
    it('may do so after an edit that took nothing back', () => {
      expect(judge(write(0, 1), acknowledge(2, 1), write(10, 2), acknowledge(20, 2), read(9, 900, show(1)))).toEqual(
        [],
      );
    });
    it('may do so when its process was stopped with its hand on the door', () => {
      expect(judge(...history, read(9, 900, show(1), { wasStopped: true }))).toEqual([]);
      expect(judge(...history, read(21, 900, show(1), { wasStopped: true }))).toEqual(['stale']);
    });
    it('may do so from a process that was named as pending, in its time', () => {
      const named = [...history.slice(0, 3), acknowledge(20, 2, [{ process: 'p', until: 100 }])];
      expect(judge(...named, read(9, 104, show(1)))).toEqual([]);
      expect(judge(...named, read(9, 106, show(1)))).toEqual(['sent after withdrawal']);
    });
  });

  describe('a list', () => {
    const begin = [
      write(0, 1, ['all', 'news']),
      acknowledge(1, 1),
      write(2, 2, ['all', 'news'], 'b'),
      acknowledge(3, 2, [], 'b'),
    ] as const;
    const both: Shown = {
      articles: [
        { article: 'a', version: 1 },
        { article: 'b', version: 2 },
      ],
      count: 2,
    };

    it('holds what stands in it', () => {
      expect(judge(...begin, list(5, 6, both, 'news'))).toEqual([]);
    });
    it('may not miss what was acknowledged', () => {
      expect(judge(...begin, list(5, 6, show(1), 'news'))).toEqual(['stale']);
    });
    it('may show an article in the list it leaves until that is acknowledged', () => {
      const moved = [...begin, write(10, 3, ['all', 'world'], 'b')];
      expect(judge(...moved, list(11, 12, both, 'news'), list(11, 12, show(1), 'news'))).toEqual([]);
      expect(judge(...moved, acknowledge(20, 3, [], 'b'), list(21, 22, both, 'news'))).toEqual(['stale']);
      expect(judge(...moved, acknowledge(20, 3, [], 'b'), list(21, 22, show(1), 'news'))).toEqual([]);
    });
    it('may not show an article in a state that stood elsewhere', () => {
      const moved = [...begin, write(10, 3, ['all', 'world'], 'b'), acknowledge(20, 3, [], 'b')];
      const mixed: Shown = {
        articles: [
          { article: 'a', version: 1 },
          { article: 'b', version: 3 },
        ],
        count: 2,
      };
      expect(judge(...moved, list(21, 22, mixed, 'news'))).toEqual(['crossing']);
    });
    it('may not show an article twice', () => {
      const twice: Shown = { articles: [...both.articles, { article: 'a', version: 1 }], count: 2 };
      expect(judge(...begin, list(5, 6, twice, 'news'))).toEqual(['crossing']);
    });
    it('counts what stands in it', () => {
      expect(judge(...begin, list(5, 6, { ...both, count: 3 }, 'news'))).toEqual(['miscounted']);
      expect(judge(...begin, list(5, 6, { ...both, count: 1 }, 'news'))).toEqual(['miscounted']);
    });
    it('may count either way while a move is on its way', () => {
      const moved = [...begin, write(10, 3, ['all', 'world'], 'b')];
      expect(judge(...moved, list(11, 12, { ...both, count: 1 }, 'news'))).toEqual([]);
      expect(judge(...moved, list(11, 12, { ...both, count: 2 }, 'news'))).toEqual([]);
    });
  });

  it('tells how far behind the database a reader was before anything was promised', () => {
    const checker = createChecker();
    const history = [
      write(0, 1),
      commit(1, 1),
      write(10, 2),
      commit(12, 2),
      read(13, 20, show(1)),
      read(32, 33, show(1)),
    ];
    for (const event of history) expect(checker.take(event)).toBeUndefined();
    expect(checker.figures()).toEqual({ reads: 2, outdated: 2, maximumStalenessMs: 20 });
  });
});
