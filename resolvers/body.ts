import { absoluteUrl } from '../src/content/addresses.ts';
import { loadArticleByUrl } from './article-by-url.ts';
import type { BodyBlockResolvers, EmbedResolvers, ReadMoreResolvers } from './types.generated.ts';

export const BodyBlock: BodyBlockResolvers = { __resolveType: ({ type }) => type };

export const ReadMore: ReadMoreResolvers = {
  url: ({ url }, _args, { publicUrl }) => absoluteUrl(url, publicUrl),
  article: ({ url }, _args, context) => loadArticleByUrl(url, context),
};

export const Embed: EmbedResolvers = {
  url: ({ url }, _args, { publicUrl }) => absoluteUrl(url, publicUrl),
};
