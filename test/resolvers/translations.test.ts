import { describe, expect, it } from 'vitest';
import type { Context } from '../../resolvers/context.ts';
import { loadTranslations } from '../../resolvers/translations.ts';
import type { EditionCode } from '../../src/content/edition.ts';
import { createEdition } from '../content/create-edition.ts';

const all = (['EN', 'AR', 'ES'] as const).map((code) => createEdition(code));
const context = { editions: { all } } as unknown as Context;

describe('loadTranslations', () => {
  it('gives the counterparts in display order, without the edition’s own', async () => {
    const found = await loadTranslations(
      { edition: 'AR', translationGroup: 'g' },
      context,
      async ({ edition, group }) => `${edition} ${group}`,
    );
    expect(found).toEqual(['EN g', 'ES g']);
  });

  it('leaves out an edition that has none', async () => {
    const load = async ({ edition }: { readonly edition: EditionCode }) => (edition === 'ES' ? 'spanish' : null);
    expect(await loadTranslations({ edition: 'EN', translationGroup: 'g' }, context, load)).toEqual(['spanish']);
  });

  it('asks nobody for what has no counterparts', async () => {
    const load = () => Promise.reject(new Error('nobody should have asked'));
    expect(await loadTranslations({ edition: 'EN', translationGroup: null }, context, load)).toEqual([]);
  });

  it('puts an error in the place of an edition whose store failed, and keeps the others', async () => {
    const load = async ({ edition }: { readonly edition: EditionCode }) => {
      if (edition === 'AR') throw new Error('away');
      return 'spanish';
    };
    expect(await loadTranslations({ edition: 'EN', translationGroup: 'g' }, context, load)).toEqual([
      new Error('away'),
      'spanish',
    ]);
  });
});
