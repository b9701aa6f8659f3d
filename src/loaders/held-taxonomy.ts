import type DataLoader from 'dataloader';
import type { EditionCode } from '../content/edition.ts';
import { editionOfId } from '../content/ids.ts';
import type { HeldTaxonomy } from '../stores/taxonomy-store.ts';
import type { LoaderSetting } from './batch-loader.ts';
import type { NamedLoaders, TaxonomyLoaders } from './taxonomy-loaders.ts';
import type { Recorder } from './recorder.ts';
import { createSectionTree, type SectionTree } from './section-tree.ts';

export interface PresentOptions<Id extends string, Entity> {
  /** Asked for what is not held. */
  readonly byId: DataLoader<Id, Entity | null, unknown>;
  readonly held: (held: HeldTaxonomy, id: Id) => Entity | null | undefined;
  /** Before it is looked for: what is missing now and comes later must still end this answer. */
  readonly record: (id: Id) => void;
}

/** Reads what stores hold without waiting for a batch: a page names a hundred tags and authors, nearly all of them held. */
export const createPresent = <Id extends string, Entity>(
  { storesOf }: Pick<LoaderSetting, 'storesOf'>,
  { byId, held, record }: PresentOptions<Id, Entity>,
): NamedLoaders<Id, Entity>['present'] => {
  const known = new Map<Id, Entity | null>();
  const look = (id: Id): Entity | null | undefined => {
    const found = known.get(id);
    if (found !== undefined) return found;
    const { taxonomy } = storesOf(editionOfId(id));
    if (taxonomy.held === undefined) return undefined;
    record(id);
    const entity = held(taxonomy.held, id);
    if (entity !== undefined) known.set(id, entity);
    return entity;
  };
  const load = async (ids: readonly Id[]): Promise<readonly Entity[]> => {
    const loaded = await Promise.all(ids.map((id) => byId.load(id)));
    return loaded.filter((entity): entity is Awaited<Entity> & Entity => entity !== null);
  };
  return (ids) => {
    const found: Entity[] = [];
    for (const id of ids) {
      const entity = look(id);
      // One batch for all of them, and with those of others.
      if (entity === undefined) return load(ids);
      if (entity !== null) found.push(entity);
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
    const sections = storesOf(edition).taxonomy.held?.sections(edition);
    if (sections === undefined) return sectionTree.load(edition);
    const tree = createSectionTree(edition, sections, recorder);
    trees.set(edition, tree);
    return tree;
  };
};
