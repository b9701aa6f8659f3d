import { describe, expect, it } from 'vitest';
import { createResponseCache, type CacheResult } from '../../src/cache/response-cache.ts';
import type { Answer } from '../../src/content/answer.ts';
import { createGate, type Gate } from '../support/gate.ts';
import { leftByTurn } from '../support/young-garbage.ts';
import { createWoundClock } from '../support/wound-clock.ts';
import { answer } from './answer.ts';
import { createHandFollower } from './hand-follower.ts';

const NOON = Date.parse('2026-11-23T12:00:00Z');

const setUp = ({ limitBytes = 1_000_000 } = {}) => {
  const follower = createHandFollower();
  const clock = createWoundClock(NOON);
  const cache = createResponseCache({ follower, clock, limitBytes });
  const through = (fill: () => Promise<Answer>, key = 'key') => cache.through(key, fill);
  return { follower, clock, cache, through };
};

const textOf = ({ entry }: CacheResult): string => entry.body.toString();
/** A fill that reads `text` now and hands it in once the gate is open. */
const slowly =
  (gate: Gate, text: string, rest: Partial<Answer> = {}) =>
  async (): Promise<Answer> => {
    await gate.pass();
    return answer(text, rest);
  };
const never = (): Promise<Answer> => Promise.reject(new Error('nobody should have filled'));

describe('through', () => {
  it('fills once and answers from memory while nothing it read has changed', async () => {
    const { follower, through, cache } = setUp();
    expect(await through(async () => answer('one'))).toMatchObject({ state: 'filled', isStored: true });

    follower.change('article:other', 'list:en:all');
    const again = await through(never);
    expect([textOf(again), again.state, again.isStored]).toEqual(['one', 'hit', true]);
    expect(cache.size().entries).toBe(1);
  });

  it('says until the last moment whether what was kept may still go out', async () => {
    const { follower, through } = setUp();
    await through(async () => answer('one'));
    const hit = await through(never);
    expect(hit.isSendable()).toBe(true);
    follower.change('article:art');
    expect(hit.isSendable()).toBe(false);
  });

  it('lets what an edit overtook go out to who asked for it, never what a withdrawal did', async () => {
    const { follower, through } = setUp();
    const filled = await through(async () => answer('one'));
    follower.change('article:art');
    expect(filled.isSendable()).toBe(true);
    follower.withdraw('article:art');
    expect(filled.isSendable()).toBe(false);
  });

  it('ends an answer when any one of its tags changes, and keeps the next', async () => {
    const { follower, through } = setUp();
    const tags = ['article:art', 'list:en:all', 'author:aut'] as const;
    for (const tag of tags) {
      await through(async () => answer('old', { tags }));
      follower.change(tag);
      const next = await through(async () => answer(`new after ${tag}`, { tags }));
      expect([textOf(next), next.state]).toEqual([`new after ${tag}`, 'filled']);
      expect(textOf(await through(never))).toBe(`new after ${tag}`);
    }
  });

  it('does not keep an answer whose data changed while it was being made', async () => {
    const { follower, through, cache } = setUp();
    const gate = createGate();
    const early = through(slowly(gate, 'old'));
    await gate.reached;
    follower.change('article:art');
    gate.open();

    const first = await early;
    expect([textOf(first), first.isStored]).toEqual(['old', false]);
    expect(cache.size().entries).toBe(0);
    expect(textOf(await through(async () => answer('new')))).toBe('new');
  });

  it('keeps the answers of different keys apart', async () => {
    const { through } = setUp();
    await through(async () => answer('one'), 'a');
    expect(textOf(await through(async () => answer('two'), 'b'))).toBe('two');
    expect(textOf(await through(never, 'a'))).toBe('one');
  });

  it('gives the fill the instant at which the fence was taken', async () => {
    const { cache, clock } = setUp();
    const { entry } = await cache.through('key', async (now) => {
      clock.wind(5_000);
      return answer(String(now));
    });
    expect([entry.body.toString(), entry.filledAt]).toEqual([String(NOON), NOON]);
  });

  it('does not keep an answer that says it must not be kept, even if the clock was set back meanwhile', async () => {
    const { clock, through } = setUp();
    const once = await through(async () => {
      clock.wind(-5_000);
      return answer('once', { maxAgeSeconds: 0 });
    });
    expect(once.isStored).toBe(false);
    expect((await through(async () => answer('again'))).state).toBe('filled');
  });
});

describe('through, as time passes', () => {
  it('keeps an answer to the last millisecond of its age', async () => {
    const { clock, through } = setUp();
    await through(async () => answer('one', { maxAgeSeconds: 60 }));
    clock.wind(59_999);
    expect((await through(never)).state).toBe('hit');
    clock.wind(1);
    expect((await through(async () => answer('two'))).state).toBe('stale');
  });

  it('ends an answer at the instant at which it changes by itself', async () => {
    const { clock, through } = setUp();
    await through(async () => answer('embargoed', { boundaryAt: NOON + 10_000 }));
    clock.wind(9_999);
    expect((await through(never)).state).toBe('hit');
    clock.wind(1);
    expect(textOf(await through(async () => answer('published')))).toBe('published');
  });

  it('makes an answer again whose boundary passed while it was being made: nobody is sent what has expired', async () => {
    const { clock, through, cache } = setUp();
    const gate = createGate();
    const fill = async () => {
      const asOf = clock.now();
      await gate.pass();
      return asOf < NOON + 1_000 ? answer('before', { boundaryAt: NOON + 1_000 }) : answer('after');
    };
    const leader = through(fill);
    await gate.reached;
    const joiner = through(fill);
    clock.wind(1_000);
    gate.open();
    expect([textOf(await leader), textOf(await joiner)]).toEqual(['after', 'after']);
    expect(cache.size().entries).toBe(1);
  });

  it('does not make again for ever what its store says has ended before it was asked', async () => {
    const { through } = setUp();
    expect(textOf(await through(async () => answer('odd', { boundaryAt: NOON - 1 })))).toBe('odd');
  });
});

describe('through, asked by many at once', () => {
  it('makes one fill for a thousand requests, and tells them who joined', async () => {
    const { through } = setUp();
    const gate = createGate();
    let fills = 0;
    const requests = Array.from({ length: 1_000 }, () =>
      through(async () => {
        fills += 1;
        await gate.pass();
        return answer('shared');
      }),
    );
    await gate.reached;
    gate.open();
    const results = await Promise.all(requests);
    expect(fills).toBe(1);
    expect(new Set(results.map(textOf))).toEqual(new Set(['shared']));
    expect(results.map(({ state }) => state).filter((state) => state === 'joined')).toHaveLength(999);
    expect(results.every(({ isStored }) => isStored)).toBe(true);
  });

  it('makes exactly two fills for a thousand joiners and a change in the middle', async () => {
    const { follower, through } = setUp();
    const gates = [createGate(), createGate()] as const;
    const begun: number[] = [];
    const fill = async (): Promise<Answer> => {
      const turn = begun.push(follower.applied());
      await gates[Math.min(turn, 2) - 1]?.pass();
      return answer(`fill ${turn}`);
    };
    const leader = through(fill);
    await gates[0].reached;
    const joiners = Array.from({ length: 1_000 }, () => through(fill));
    follower.change('article:art');
    gates[0].open();
    await gates[1].reached;
    // Whatever changes meanwhile: all who wait share the second.
    follower.change('article:art');
    gates[1].open();

    expect(textOf(await leader)).toBe('fill 1');
    expect(new Set((await Promise.all(joiners)).map(textOf))).toEqual(new Set(['fill 2']));
    expect(begun).toEqual([0, 1]);
  });

  it('begins a third fill for who came after the change that overtook the second', async () => {
    const { follower, through } = setUp();
    const [first, second] = [createGate(), createGate()];
    const leader = through(slowly(first, 'one'));
    await first.reached;
    const joiner = through(slowly(second, 'two'));
    follower.change('article:art');
    first.open();
    await second.reached;
    follower.change('article:art');
    const late = through(async () => answer('three'));
    second.open();
    expect((await Promise.all([leader, joiner, late])).map(textOf)).toEqual(['one', 'two', 'three']);
  });

  it('gives the leader’s error to who joined, and starts anew for the next', async () => {
    const { through } = setUp();
    const gate = createGate();
    const failure = new Error('the store is away');
    const failing = async (): Promise<Answer> => {
      await gate.pass();
      throw failure;
    };
    const outcomes = [through(failing), through(never), through(never)].map((result) =>
      result.catch((error: unknown) => error),
    );
    await gate.reached;
    gate.open();
    expect(await Promise.all(outcomes)).toEqual([failure, failure, failure]);
    expect(textOf(await through(async () => answer('recovered')))).toBe('recovered');
  });

  it('starts anew for who asks again in the very turn in which the error came', async () => {
    const { through } = setUp();
    const retried = await through(() => Promise.reject(new Error('away'))).catch(() =>
      through(async () => answer('second try')),
    );
    expect(textOf(retried)).toBe('second try');
  });

  it('gives the error of the second fill to who waited for it', async () => {
    const { follower, through } = setUp();
    const gate = createGate();
    const leader = through(slowly(gate, 'one'));
    await gate.reached;
    const joiners = [0, 1].map(() => through(() => Promise.reject(new Error('second failed'))));
    follower.change('article:art');
    gate.open();
    expect(textOf(await leader)).toBe('one');
    for (const joiner of joiners) await expect(joiner).rejects.toThrow('second failed');
  });
});

describe('through, overtaken by a withdrawal', () => {
  it('sends the answer to nobody and fills again', async () => {
    const { follower, through } = setUp();
    const gate = createGate();
    const texts = ['withdrawn', 'not found'];
    const fill = async (): Promise<Answer> => {
      const read = texts.shift() ?? 'never';
      await gate.pass();
      return answer(read);
    };
    const [leader, joiner] = [through(fill), through(fill)];
    await gate.reached;
    follower.withdraw('article:art');
    gate.open();
    expect((await Promise.all([leader, joiner])).map(textOf)).toEqual(['not found', 'not found']);
    expect(textOf(await through(never))).toBe('not found');
  });

  it('is not held up by a withdrawal of something else', async () => {
    const { follower, through } = setUp();
    const result = await through(async () => {
      follower.withdraw('article:other');
      return answer('one');
    });
    expect([textOf(result), result.isStored]).toEqual(['one', true]);
  });

  it('fails rather than send what every attempt had been overtaken in', async () => {
    const { follower, through } = setUp();
    let fills = 0;
    const overtaken = through(async () => {
      fills += 1;
      follower.withdraw('article:art');
      return answer('withdrawn');
    });
    await expect(overtaken).rejects.toMatchObject({ code: 'INTERNAL' });
    expect(fills).toBe(6);
    expect(textOf(await through(async () => answer('fine')))).toBe('fine');
  });

  it('fails rather than send what was taken back each time before anybody heard of it', async () => {
    const { follower, through } = setUp();
    let questions = 0;
    // Asked when the fill ends, and again by who waited for it.
    follower.lastWithdrawalOf = () => ((questions += 1) % 2 === 0 ? 1 : 0);
    let fills = 0;
    const request = through(async () => {
      fills += 1;
      return answer('withdrawn', { maxAgeSeconds: 0 });
    });
    await expect(request).rejects.toMatchObject({ code: 'INTERNAL' });
    expect(fills).toBe(6);
  });

  it('fills again what was begun in another epoch, for sequences of two logs do not compare', async () => {
    const { follower, through } = setUp();
    const texts = ['of the old log', 'of the new log'];
    const result = await through(async () => {
      const text = texts.shift() ?? 'never';
      if (texts.length === 1) follower.joinEpoch('epoch-2', 0);
      return answer(text);
    });
    expect([textOf(result), result.entry.epoch, result.isStored]).toEqual(['of the new log', 'epoch-2', true]);
  });
});

describe('through, when the follower cannot vouch for what is held', () => {
  it('serves nothing kept in another epoch', async () => {
    const { follower, through } = setUp();
    follower.change('article:other');
    await through(async () => answer('old log'));
    follower.joinEpoch('epoch-2', 0);
    expect(textOf(await through(async () => answer('new log')))).toBe('new log');
  });
});

describe('size', () => {
  it('stays within its bytes, letting the longest unread go', async () => {
    const { through, cache } = setUp({ limitBytes: 10_000 });
    for (let page = 0; page < 50; page += 1) await through(async () => answer('x'.repeat(1_000)), `key ${page}`);
    expect(cache.size().bytes).toBeLessThanOrEqual(10_000);
    expect(cache.size().entries).toBeGreaterThan(3);
    expect((await through(never, 'key 49')).state).toBe('hit');
    expect((await through(async () => answer('again'), 'key 0')).state).toBe('filled');
  });

  it.each([
    ['x', 9],
    // Two bytes each, and so for every other letter beside it.
    ['ق', 4],
  ])(
    'counts tags by their length, written in %s: a client may have made up the slug in them',
    async (letter, entries) => {
      const { through, cache } = setUp({ limitBytes: 1_000_000 });
      for (let page = 0; page < 40; page += 1)
        await through(
          async () => answer('null', { tags: [`slug:en:article:${page}${letter.repeat(100_000)}`] }),
          `key ${page}`,
        );
      expect(cache.size().entries).toBe(entries);
    },
  );

  it('sends what is larger than all of it, and does not keep it or what stood there', async () => {
    const { through, cache } = setUp({ limitBytes: 2_000 });
    await through(async () => answer('small', { maxAgeSeconds: 60 }));
    const { follower, through: ask, cache: small } = setUp({ limitBytes: 2_000 });
    await ask(async () => answer('small'));
    follower.change('article:art');
    const large = await ask(async () => answer('x'.repeat(3_000)));
    expect([large.entry.body.length, large.isStored]).toEqual([3_000, false]);
    expect(small.size()).toEqual({ bytes: 0, entries: 0 });
    expect(cache.size().entries).toBe(1);
  });
});

describe('an answer that was too large to be kept', () => {
  it('is held by nothing once it is sent', async () => {
    const { cache } = setUp({ limitBytes: 1 });
    const ask = (name: string): Promise<CacheResult> =>
      cache.through(name, async () => answer('', { link: Buffer.alloc(20_000, 'x').toString('latin1') }));
    const left = await leftByTurn(async (turn) => {
      for (let index = 0; index < 10; index += 1)
        await Promise.all(Array.from({ length: 8 }, (_, place) => ask(`${turn} ${index} ${place}`)));
    });
    expect(left / 80).toBeLessThan(2_000);
  });
});
