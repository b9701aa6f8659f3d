import { absoluteUrl, urlOf } from '../src/content/addresses.ts';
import { idOf } from '../src/content/ids.ts';
import type { Edition as EditionEntity } from '../src/content/edition.ts';
import { normalisePath, normaliseSlug } from '../src/content/slug.ts';
import type { RankingRequest } from '../src/stores/engagement-store.ts';
import { checkSize } from './arguments.ts';
import { readArticles, readAuthors, readSearch, readTags } from './connections.ts';
import type { Context } from './context.ts';
import { spokenTo, writeOptionalInstant } from './edition-of.ts';
import { orNothing } from './or-nothing.ts';
import type { EditionResolvers, LiveStreamResolvers, NavigationItemResolvers } from './types.generated.ts';

/** The best visible articles of a ranking, best first. */
const loadRanking = async (request: RankingRequest, { loaders }: Context) => {
  const ids = await loaders.engagement.ranking.load(request);
  const articles = await Promise.all(ids.map((id) => loaders.articles.byId.load(id)));
  return articles.filter((article) => article !== null).slice(0, request.limit);
};

export const Edition: EditionResolvers = {
  id: ({ code }) => idOf.edition(code),
  live: ({ code }, _args, { loaders }) => loaders.liveStream.load(code),
  navigation: (edition) => edition.navigation.map((entry) => ({ entry, edition })),
  sections: async ({ code }, _args, { loaders }) => (await loaders.treeOf(code)).top(),
  section: async ({ code }, { path }, { loaders }) => (await loaders.treeOf(code)).byPath(normalisePath(path)),
  article: async ({ code }, { slug }, context) => {
    const standing = await context.loaders.articles.standingAt.load({
      edition: code,
      form: 'slug',
      value: normaliseSlug(slug),
      withText: context.isTextAsked,
    });
    // In a language of its own, it speaks to its own readers too.
    return spokenTo(orNothing(standing?.visibility === 'visible' ? standing.article : null, context), context);
  },
  articles: ({ code }, args, context) => readArticles({ edition: code, scope: { of: 'edition' } }, args, context),
  search: ({ code }, args, context) => readSearch(code, args, context),
  tag: ({ code }, { slug }, { loaders }) => loaders.tags.bySlug.load({ edition: code, slug: normaliseSlug(slug) }),
  tags: ({ code }, args, context) => readTags(code, args, context),
  author: ({ code }, { slug }, { loaders }) =>
    loaders.authors.bySlug.load({ edition: code, slug: normaliseSlug(slug) }),
  authors: ({ code }, args, context) => readAuthors(code, args, context),
  trending: ({ code }, { first }, context) =>
    loadRanking({ by: 'trending', edition: code, limit: checkSize('first', first, 5) }, context),
  mostRead: ({ code }, { first, window }, context) =>
    loadRanking(
      { by: 'mostRead', edition: code, limit: checkSize('first', first, 5), window: window ?? 'DAY' },
      context,
    ),
};

const sectionOf = async (edition: EditionEntity, path: string | null, { loaders }: Context) =>
  path === null ? null : (await loaders.treeOf(edition.code)).byPath(path);

const isOnAir = (
  stream: { readonly startedAt: number | null; readonly endedAt: number | null } | null,
  { now, recorder }: Context,
): boolean => {
  if (stream === null) return false;
  for (const at of [stream.startedAt, stream.endedAt]) if (at !== null && at > now) recorder.boundary(at);
  return stream.startedAt !== null && stream.startedAt <= now && (stream.endedAt === null || stream.endedAt > now);
};

export const NavigationItem: NavigationItemResolvers = {
  label: ({ entry }) => entry.label,
  url: async ({ entry, edition }, _args, context) => {
    if (entry.url !== null) return entry.url;
    const section = await sectionOf(edition, entry.sectionPath, context);
    return section === null ? null : urlOf.section(edition, section);
  },
  live: async ({ entry, edition }, _args, context) =>
    entry.isLiveEntry && isOnAir(await context.loaders.liveStream.load(edition.code), context),
  section: ({ entry, edition }, _args, context) => sectionOf(edition, entry.sectionPath, context),
  children: ({ entry, edition }) => entry.children.map((child) => ({ entry: child, edition })),
};

export const LiveStream: LiveStreamResolvers = {
  url: ({ url }, _args, { publicUrl }) => absoluteUrl(url, publicUrl),
  isLive: (stream, _args, context) => isOnAir(stream, context),
  startedAt: (stream, _args, context) => writeOptionalInstant(stream.startedAt, stream, context),
};
