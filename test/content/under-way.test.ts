import { describe, expect, it } from 'vitest';
import { createUnderWay } from '../../src/content/under-way.ts';

/** What of `work` and the end of all had come to pass, in order. */
const follow = () => {
  const underWay = createUnderWay();
  const order: string[] = [];
  const begin = (name: string) => {
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    underWay.count(promise);
    const note = () => order.push(name);
    promise.then(note, note);
    return { end: resolve, fail: () => reject(new Error(name)) };
  };
  const ended = () => underWay.ended().then(() => order.push('ended'));
  return { begin, ended, order };
};

describe('createUnderWay', () => {
  it('has ended while nothing is begun', async () => {
    const { ended, order } = follow();
    await ended();
    expect(order).toEqual(['ended']);
  });

  it('waits for all of it, also for what fails', async () => {
    const { begin, ended, order } = follow();
    const [one, other] = [begin('one'), begin('other')];
    const end = ended();
    one.fail();
    await new Promise(setImmediate);
    expect(order).toEqual(['one']);
    other.end();
    await end;
    expect(order).toEqual(['one', 'other', 'ended']);
  });

  it('waits for what is begun meanwhile, and can be asked again', async () => {
    const { begin, ended, order } = follow();
    const one = begin('one');
    const ends = [ended(), ended()];
    const next = begin('next');
    one.end();
    await new Promise(setImmediate);
    expect(order).toEqual(['one']);
    next.end();
    await Promise.all(ends);
    await ended();
    expect(order).toEqual(['one', 'next', 'ended', 'ended', 'ended']);
  });
});
