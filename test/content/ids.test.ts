import { describe, expect, it } from 'vitest';
import { editionOfId, idOf, parseId } from '../../src/content/ids.ts';

describe('idOf', () => {
  it.each([
    [idOf.edition('AR'), /^edn_ar$/],
    [idOf.section('EN', 'news/politics'), /^sec_en_[0-9a-z]{20}$/],
    [idOf.tag('ES', 'moscú'), /^tag_es_[0-9a-z]{20}$/],
    [idOf.author('AR', 'سلمى'), /^aut_ar_[0-9a-z]{20}$/],
    [idOf.article('EN', 'demo', 'x'.repeat(10_000)), /^art_en_[0-9a-z]{20}$/],
  ])('%s is URL-safe, says its kind and its edition, and stays short', (id, shape) => {
    expect(id).toMatch(shape);
    expect(encodeURIComponent(id)).toBe(id);
    expect(id.length).toBeLessThanOrEqual(128);
  });

  it('is the same for the same source, for ever', () => {
    // Held to the letter: ids that stand in links and caches outlive any release.
    expect([idOf.article('EN', 'demo', '1'), idOf.section('AR', 'أخبار')]).toEqual([
      'art_en_zq84ym4y2qs39z1gftqn',
      'sec_ar_mnthd8dmrqwn2ejbv4xw',
    ]);
  });

  it('tells kinds, editions, sources and keys apart', () => {
    const ids = [
      idOf.section('EN', 'a'),
      idOf.tag('EN', 'a'),
      idOf.author('EN', 'a'),
      idOf.article('EN', '', 'a'),
      idOf.article('EN', 'a', ''),
      idOf.article('AR', 'a', ''),
      idOf.article('EN', 'ab', 'c'),
      idOf.article('EN', 'a', 'bc'),
    ];
    expect(new Set(ids.map((id) => id.slice(7))).size).toBe(ids.length);
  });

  it('gives a hundred thousand articles a hundred thousand ids, all of them well formed', () => {
    const ids = Array.from({ length: 100_000 }, (_, number) => idOf.article('EN', 'demo', String(number)));
    expect(new Set(ids).size).toBe(100_000);
    expect(ids.filter((id) => parseId(id).entity !== 'Article')).toEqual([]);
    // No letter is left out or favoured: each of 32 in each of 20 places.
    const used = Array.from({ length: 20 }, (_, place) => new Set(ids.map((id) => id[7 + place])).size);
    expect(used).toEqual(Array.from({ length: 20 }, () => 32));
  });
});

describe('parseId', () => {
  it('reads what it gave out', () => {
    expect(parseId(idOf.edition('EN'))).toEqual({ id: 'edn_en', entity: 'Edition', edition: 'EN' });
    const id = idOf.tag('AR', 'x');
    expect(parseId(id)).toEqual({ id, entity: 'Tag', edition: 'AR' });
    expect(parseId(idOf.section('ES', 'x')).entity).toBe('Section');
    expect(parseId(idOf.author('ES', 'x')).entity).toBe('Author');
    expect(parseId(idOf.article('ES', 'x', 'y')).entity).toBe('Article');
  });

  it('takes the id of an edition it does not know for well formed: it names nothing', () => {
    expect(parseId('edn_fr')).toEqual({ id: 'edn_fr', entity: 'Edition', edition: undefined });
    expect(parseId('art_fr_00000000000000000000').edition).toBe(undefined);
  });

  it.each([
    '',
    'art',
    'art_en_',
    '00000000000000000000',
    'art_en_0000000000000000000',
    'art_en_000000000000000000000',
    'art_en_0000000000000000000u',
    'art_en_0000000000000000000I',
    'ART_en_00000000000000000000',
    'art_EN_00000000000000000000',
    'edn_en_00000000000000000000',
    'art_en_00000000000000000000\n',
    ' art_en_00000000000000000000',
    'xyz_en_00000000000000000000',
    'art_en_٠٠٠٠٠٠٠٠٠٠٠٠٠٠٠٠٠٠٠٠',
    `art_en_${'0'.repeat(100_000)}`,
    '__proto__',
    "art_en_'; DROP TABLE articles",
  ])('refuses %j, which never came from here', (text) => {
    let error: unknown;
    try {
      parseId(text);
    } catch (thrown) {
      error = thrown;
    }
    expect(error).toMatchObject({
      code: 'BAD_USER_INPUT',
      message: 'Malformed id: ids are opaque, pass them on as they came',
    });
  });
});

describe('editionOfId', () => {
  it('reads the edition an id was born in', () => {
    expect(editionOfId(idOf.tag('AR', 'x'))).toBe('AR');
  });

  it('refuses ids of editions it does not know, and nonsense', () => {
    expect(() => editionOfId('tag_fr_00000000000000000000')).toThrow(TypeError);
    expect(() => editionOfId('nonsense')).toThrow('Malformed id');
  });
});
