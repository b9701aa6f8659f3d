import { describe, expect, it } from 'vitest';
import { createTombstoneRegister } from '../../src/changes/tombstone-register.ts';
import type { ArticleId } from '../../src/content/ids.ts';

const ID = 'art_en_00000000000000000001' as ArticleId;
const OTHER = 'art_en_00000000000000000002' as ArticleId;

const lay = (articleId: ArticleId, slugs: readonly string[], paths: readonly string[] = []) =>
  ({ order: 'lay', articleId, edition: 'EN', slugs, paths }) as const;

describe('createTombstoneRegister', () => {
  it('hides an article by id, slug and path, in its own edition', () => {
    const register = createTombstoneRegister();
    register.carryOut(lay(ID, ['grain'], ['world/grain']));
    expect([register.hidesId(ID), register.hidesId(OTHER)]).toEqual([true, false]);
    expect([register.hidesSlug('EN', 'grain'), register.hidesSlug('ES', 'grain')]).toEqual([true, false]);
    expect([register.hidesPath('EN', 'world/grain'), register.hidesPath('EN', 'grain')]).toEqual([true, false]);
  });

  it('shows it again when the order is lifted, once or twice', () => {
    const register = createTombstoneRegister();
    register.carryOut(lay(ID, ['grain'], ['world/grain']));
    register.carryOut({ order: 'lift', articleId: ID });
    register.carryOut({ order: 'lift', articleId: ID });
    expect([register.hidesId(ID), register.hidesSlug('EN', 'grain'), register.size()]).toEqual([false, false, 0]);
  });

  it('names those that lie in an edition', () => {
    const register = createTombstoneRegister();
    expect(register.of('EN')).toEqual([]);
    register.carryOut(lay(ID, ['grain']));
    register.carryOut(lay(OTHER, ['rain']));
    expect([register.of('EN'), register.of('ES')]).toEqual([[ID, OTHER], []]);
    register.carryOut({ order: 'lift', articleId: ID });
    expect(register.of('EN')).toEqual([OTHER]);
    register.replace([lay(ID, [])]);
    expect(register.of('EN')).toEqual([ID]);
  });

  it('keeps an address hidden while another article that stood there is down', () => {
    const register = createTombstoneRegister();
    register.carryOut(lay(ID, ['grain']));
    register.carryOut(lay(OTHER, ['grain']));
    register.carryOut({ order: 'lift', articleId: ID });
    expect(register.hidesSlug('EN', 'grain')).toBe(true);
  });

  it('takes the last order of an article: former addresses of it are free', () => {
    const register = createTombstoneRegister();
    register.carryOut(lay(ID, ['grain']));
    register.carryOut(lay(ID, ['grain-deal']));
    expect([register.hidesSlug('EN', 'grain'), register.hidesSlug('EN', 'grain-deal')]).toEqual([false, true]);
  });

  it('holds exactly what it is told lies there', () => {
    const register = createTombstoneRegister();
    register.carryOut(lay(ID, ['grain']));
    register.replace([lay(OTHER, ['wheat'])]);
    expect([register.hidesId(ID), register.hidesSlug('EN', 'grain')]).toEqual([false, false]);
    expect([register.hidesId(OTHER), register.hidesSlug('EN', 'wheat'), register.size()]).toEqual([true, true, 1]);
  });
});
