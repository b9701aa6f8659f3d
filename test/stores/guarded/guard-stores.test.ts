import { describe, expect, it } from 'vitest';
import { publicView } from '../../../src/content/listing.ts';
import { StoreError } from '../../../src/errors.ts';
import { guardStores } from '../../../src/stores/guarded/guard-stores.ts';
import type { Stores } from '../../../src/stores/stores.ts';
import { createHandGuard } from './hand-guard.ts';

type Fault = () => Error | undefined;

/** Stores of which every method gives its own name, or fails. */
const createNamedStores = (fault: Fault): { readonly stores: Stores; readonly asked: string[] } => {
  const asked: string[] = [];
  const named = (kind: string): never =>
    Object.fromEntries(
      ['byIds', 'list', 'sections', 'counts', 'record'].map((method) => [
        method,
        async (...parameters: readonly unknown[]) => {
          asked.push(`${kind}.${method}`);
          const error = fault();
          if (error !== undefined) throw error;
          return [kind, method, ...parameters];
        },
      ]),
    ) as never;
  return {
    stores: { articles: named('articles'), taxonomy: named('taxonomy'), engagement: named('engagement') },
    asked,
  };
};

const cut = (): Error => new StoreError('postgres', 'STORE_FAILED', { cause: new Error('Connection terminated') });

describe('guardStores', () => {
  it('hands on what is asked and what is given', async () => {
    const { stores } = createNamedStores(() => undefined);
    const guarded = guardStores(stores, createHandGuard().guard);
    expect(await guarded.articles.list([], publicView(7))).toEqual(['articles', 'list', [], publicView(7)]);
    expect(await guarded.taxonomy.sections(['EN'])).toEqual(['taxonomy', 'sections', ['EN']]);
  });

  it('reads once more over a broken connection, and counts nothing twice', async () => {
    let faults = [cut()];
    const { stores, asked } = createNamedStores(() => faults.pop());
    const guarded = guardStores(stores, createHandGuard().guard);
    expect(await guarded.articles.byIds([])).toEqual(['articles', 'byIds', []]);
    expect(asked).toEqual(['articles.byIds', 'articles.byIds']);

    faults = [cut()];
    await expect(guarded.engagement.record([])).rejects.toMatchObject({ store: 'wires' });
    expect(asked.filter((call) => call === 'engagement.record')).toHaveLength(1);
  });

  it('is one store whatever is asked of it: sick for one, sick for all', async () => {
    const { stores, asked } = createNamedStores(cut);
    const { guard } = createHandGuard({ retries: 0 });
    const guarded = guardStores(stores, guard);
    for (let count = 0; count < 5; count += 1) await guarded.articles.byIds([]).catch(() => undefined);
    asked.length = 0;
    await expect(guarded.taxonomy.sections(['EN'])).rejects.toMatchObject({ code: 'STORE_FAILED', store: 'wires' });
    expect(asked).toEqual([]);
  });
});
