import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Counter } from '../../src/content/counter.ts';
import { countText, fillBody, isSameBesidesCounters, writeCount, type CountMark } from '../../src/content/holes.ts';
import { locateHoles } from '../../src/graphql/locate-holes.ts';
import { articleId } from '../support/content-rows.ts';

const counter: Counter = { id: articleId('a'), kind: 'VIEW', window: null };

const mark = (path: CountMark['path'], value: number, locale: string | null = null): CountMark => ({
  counter,
  locale,
  value,
  path,
  readAt: 0,
});

/** A result in which counters stand among everything else that JSON may hold. */
interface Made {
  readonly value: unknown;
  readonly marks: readonly CountMark[];
}

const plain = fc.jsonValue({ maxDepth: 2 }).map((value): Made => ({ value, marks: [] }));
const count = fc
  .record({ value: fc.nat(2_000_000), locale: fc.constantFrom(null, 'en', 'ar-EG', 'es') })
  .map(({ value, locale }): Made => ({
    value: locale === null ? value : countText({ counter, locale }, value),
    marks: [mark([], value, locale)],
  }));
const name = fc.stringMatching(/^[_A-Za-z]\w{0,6}$/);

const below = (key: string | number, { marks }: Made): readonly CountMark[] =>
  marks.map((one) => ({ ...one, path: [key, ...one.path] }));

const { tree } = fc.letrec<{ tree: Made }>((tie) => ({
  tree: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    count,
    plain,
    fc.array(tie('tree'), { maxLength: 5 }).map((items): Made => ({
      value: items.map(({ value }) => value),
      marks: items.flatMap((item, index) => below(index, item)),
    })),
    fc.dictionary(name, tie('tree'), { maxKeys: 5, noNullPrototype: true }).map((fields): Made => ({
      value: Object.fromEntries(Object.entries(fields).map(([key, { value }]) => [key, value])),
      marks: Object.entries(fields).flatMap(([key, field]) => below(key, field)),
    })),
  ),
}));

/** As it goes out, with `decoy` where nothing is to be found. */
const write = (data: unknown, decoy: unknown = null): Buffer =>
  Buffer.from(`${JSON.stringify({ data, extensions: { data: decoy } })}\n`);

describe('locateHoles', () => {
  it('finds every counter, and nothing else, in any result', () => {
    fc.assert(
      fc.property(tree, fc.func(fc.nat(3_000_000)), ({ value, marks }, next) => {
        const body = write(value, value);
        const holes = locateHoles(body, marks);
        expect(holes).toHaveLength(marks.length);
        for (const { at, length, value: was, counter: of, locale } of holes)
          expect(body.toString('utf8', at, at + length)).toBe(writeCount({ counter: of, locale }, was));
        // The same result with other counters, written whole.
        const values = new Map(marks.map((one) => [JSON.stringify(one.path), next(one.path)]));
        const replace = (inner: unknown, path: CountMark['path']): unknown => {
          const found = marks.find((one) => JSON.stringify(one.path) === JSON.stringify(path));
          if (found !== undefined) {
            const text = countText(found, values.get(JSON.stringify(path)) ?? 0);
            return found.locale === null ? Number(text) : text;
          }
          if (Array.isArray(inner)) return inner.map((item, index) => replace(item, [...path, index]));
          if (typeof inner !== 'object' || inner === null) return inner;
          return Object.fromEntries(Object.entries(inner).map(([key, item]) => [key, replace(item, [...path, key])]));
        };
        const texts = marks.map((one) => writeCount(one, values.get(JSON.stringify(one.path)) ?? 0));
        expect(fillBody(body, holes, texts).toString()).toBe(write(replace(value, []), value).toString());
      }),
      { numRuns: 500 },
    );
  });

  it('is not led astray by text that looks like what it looks for', () => {
    const data = { a: '"b":7,"c":[7]', 'x\\"y': { b: 7 }, c: ['"', '\\', { b: 7 }], b: 7 };
    const body = write(data);
    expect(locateHoles(body, [mark(['b'], 7)])).toMatchObject([{ at: body.lastIndexOf('"b":7}') + 4, length: 1 }]);
    expect(locateHoles(body, [mark(['c', 2, 'b'], 7)])).toMatchObject([
      { at: body.indexOf('{"b":7}]') + 5, length: 1 },
    ]);
  });

  it('makes no hole where the value does not stand: under a null, or as something else', () => {
    const body = write({ a: null, b: '7', c: 70, d: [1] });
    const paths = [['a', 'x'], ['b'], ['c'], ['d', 1], ['d', 0, 'e'], ['z']];
    expect(
      locateHoles(
        body,
        paths.map((path) => mark(path, 7)),
      ),
    ).toEqual([]);
  });

  it('ends with a body that is cut off, wherever that is', () => {
    const body = write({ a: [{ b: 'text \\" more', c: 7 }] });
    for (let length = 0; length < body.length; length += 1)
      expect(locateHoles(body.subarray(0, length), [mark(['a', 0, 'c'], 7)]).length).toBeLessThanOrEqual(1);
  });
});

describe('isSameBesidesCounters', () => {
  const holed = (value: number, text = 'x', id = 'a') => {
    const body = write({ n: value, text });
    const one = { ...mark(['n'], value), counter: { ...counter, id: articleId(id) } };
    return { body, holes: locateHoles(body, [one]) };
  };

  it('sees past counters, however long, and past nothing else', () => {
    expect(isSameBesidesCounters(holed(9), holed(10))).toBe(true);
    expect(isSameBesidesCounters(holed(9), holed(9, 'y'))).toBe(false);
    expect(isSameBesidesCounters(holed(9), holed(9, 'x', 'b'))).toBe(false);
    expect(isSameBesidesCounters(holed(9), { body: holed(9).body })).toBe(false);
    expect(isSameBesidesCounters({ body: holed(9).body }, { body: holed(9).body })).toBe(true);
  });
});
