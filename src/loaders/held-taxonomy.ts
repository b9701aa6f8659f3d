import type DataLoader from 'dataloader';
import type { EditionCode } from '../content/edition.ts';
import { editionOfId } from '../content/ids.ts';
import type { Kept } from '../stores/kept.ts';
import type { HeldTaxonomy } from '../stores/taxonomy-store.ts';
import type { LoaderSetting } from './batch-loader.ts';
import type { NamedLoaders, TaxonomyLoaders } from './taxonomy-loaders.ts';
import type { Recorder } from './recorder.ts';
import { createSectionTree, type SectionTree } from './section-tree.ts';

export interface PresentOptions<Id extends string, Entity> {
  /** Asked for what is not held. */
  readonly byId: DataLoader<Id, Entity | null, unknown>;
  readonly held: (held: HeldTaxonomy, id: Id) => Kept<Entity> | undefined;
}

/** Reads what stores hold without waiting for a batch: a page names a hundred tags and authors, nearly all of them held. */
export const createPresent = <Id extends string, Entity>(
  { storesOf }: Pick<LoaderSetting, 'storesOf'>,
  recorder: Pick<Recorder, 'tag'>,
  { byId, held }: PresentOptions<Id, Entity>,
): NamedLoaders<Id, Entity>['present'] => {
  const known = new Map<Id, readonly Entity[]>();
  const look = (id: Id): readonly Entity[] | undefined => {
    const met = known.get(id);
    if (met !== undefined) return met;
    const { taxonomy } = storesOf(editionOfId(id));
    const kept = taxonomy.held === undefined ? undefined : held(taxonomy.held, id);
    if (kept === undefined) return undefined;
    // Its own texts: a page names a hundred, and each made anew would be read to its end to find out that it is known.
    for (const tag of kept.tags) recorder.tag(tag);
    known.set(id, kept.found);
    return kept.found;
  };
  const load = async (ids: readonly Id[]): Promise<readonly Entity[]> => {
    const loaded = await Promise.all(ids.map((id) => byId.load(id)));
    return loaded.filter((entity): entity is Awaited<Entity> & Entity => entity !== null);
  };
  return (ids) => {
    const found: Entity[] = [];
    for (const id of ids) {
      const entities = look(id);
      // One batch for all of them, and with those of others.
      if (entities === undefined) return load(ids);
      // None or one: an id names no more.
      for (const entity of entities) found.push(entity);
    }
    return found;
  };
};

/** Trees without waiting for a batch, where the sections of an edition are held. */
export const createTreeOf = (
  { storesOf }: Pick<LoaderSetting, 'storesOf'>,
  recorder: Pick<Recorder, 'tag'>,
  sectionTree: TaxonomyLoaders['sectionTree'],
): TaxonomyLoaders['treeOf'] => {
  const trees = new Map<EditionCode, SectionTree>();
  return (edition) => {
    const known = trees.get(edition);
    if (known !== undefined) return known;
    const kept = storesOf(edition).taxonomy.held?.sections(edition);
    if (kept === undefined) return sectionTree.load(edition);
    const tree = createSectionTree(edition, kept.found, recorder);
    trees.set(edition, tree);
    return tree;
  };
};
