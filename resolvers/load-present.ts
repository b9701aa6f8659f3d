import type DataLoader from 'dataloader';

/** What exists among `ids`, in their order: a missing one is left out, a failed read is an error of the whole list. */
export const loadPresent = async <Id, Entity>(
  loader: DataLoader<Id, Entity | null, unknown>,
  ids: readonly Id[],
): Promise<readonly Entity[]> => {
  const loaded = await Promise.all(ids.map((id) => loader.load(id)));
  return loaded.filter((entity): entity is Awaited<Entity> & Entity => entity !== null);
};
