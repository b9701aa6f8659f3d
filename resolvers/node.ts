import { GatewayError } from '../src/errors.ts';
import { isChangeId } from '../src/content/delta.ts';
import type { Edition } from '../src/content/edition.ts';
import type { Article, Author, Section, Tag } from '../src/content/entities.ts';
import {
  parseId,
  type ArticleId,
  type AuthorId,
  type EntityName,
  type SectionId,
  type TagId,
} from '../src/content/ids.ts';
import type { Context } from './context.ts';
import { spokenTo } from './edition-of.ts';
import { orNothing } from './or-nothing.ts';
import type { NodeResolvers } from './types.generated.ts';

/** Anything with an id. */
export type Entity = Edition | Section | Tag | Author | Article;

/** Which type an id is of: the id says it, the entities themselves do not. */
const typeOfId = (id: string): EntityName => parseId(id).entity;

/**
 * What `id` names, null for an unknown one.
 *
 * @throws {GatewayError} BAD_USER_INPUT for an id this gateway could not have given out.
 */
export const loadNode = async (id: string, context: Context): Promise<Entity | null> =>
  spokenTo(await loadEntity(id, context), context);

const loadEntity = async (id: string, context: Context): Promise<Entity | null> => {
  // Well formed, and no entity.
  if (isChangeId(id)) return null;
  const parsed = parseId(id);
  const { loaders, editions } = context;
  const edition = parsed.edition === undefined ? undefined : editions.get(parsed.edition);
  if (edition === undefined) return null;
  switch (parsed.entity) {
    case 'Edition':
      return edition;
    case 'Section':
      return (await loaders.treeOf(edition.code)).byId(parsed.id as SectionId);
    case 'Tag':
      return loaders.tags.byId.load(parsed.id as TagId);
    case 'Author':
      return loaders.authors.byId.load(parsed.id as AuthorId);
    case 'Article':
      return orNothing(await loaders.articles.byId.load(parsed.id as ArticleId), context);
  }
};

const NODES_LIMIT = 100;

/** What each of `ids` names, in their order; a malformed one is an error in its place. */
export const loadNodes = (ids: readonly string[], context: Context): readonly Promise<Entity | null>[] => {
  if (ids.length > NODES_LIMIT)
    throw new GatewayError('BAD_USER_INPUT', `"ids" may hold ${NODES_LIMIT} ids; it holds ${ids.length}`);
  return ids.map((id) => loadNode(id, context));
};

export const Node: NodeResolvers = {
  __resolveType: (node) => ('id' in node ? typeOfId(node.id) : 'Edition'),
};
