import { absoluteUrl } from '../src/content/addresses.ts';
import type { BodyBlockResolvers, EmbedResolvers, ReadMoreResolvers } from './types.generated.ts';

export const BodyBlock: BodyBlockResolvers = { __resolveType: ({ type }) => type };

export const ReadMore: ReadMoreResolvers = {
  url: ({ url }, _args, { publicUrl }) => absoluteUrl(url, publicUrl),
  article: async ({ url }, _args, { editions, loaders }) => {
    const located = editions.locate(url);
    if (located === null) return null;
    const standing = await loaders.articles.standingAt.load({
      edition: located.edition.code,
      form: 'path',
      value: located.path,
    });
    return standing?.visibility === 'visible' ? standing.article : null;
  },
};

export const Embed: EmbedResolvers = {
  url: ({ url }, _args, { publicUrl }) => absoluteUrl(url, publicUrl),
};
