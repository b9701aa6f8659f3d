import { Article, Correction, Rights, Seo, Source } from './article.ts';
import { Author } from './author.ts';
import { BodyBlock, Embed, ReadMore } from './body.ts';
import { Change } from './changes.ts';
import { ArticleConnection, SearchConnection, TagConnection, AuthorConnection } from './connections.ts';
import { Edition, LiveStream, NavigationItem } from './edition.ts';
import { Engagement } from './engagement.ts';
import { Image, ImageRendition, Media, Video, VideoSource } from './media.ts';
import { Mutation } from './mutation.ts';
import { Node } from './node.ts';
import { Query } from './query.ts';
import { DateTime, Locale, Url } from './scalars.ts';
import { Section } from './section.ts';
import { Tag } from './tag.ts';
import type { Resolvers } from './types.generated.ts';
import { Viewer } from './viewer.ts';

/** Which file answers for which type; what is not here is read off its source as it is. */
export const resolvers: Resolvers = {
  Article,
  ArticleConnection,
  Author,
  AuthorConnection,
  BodyBlock,
  Change,
  Correction,
  DateTime,
  Edition,
  Embed,
  Engagement,
  Image,
  ImageRendition,
  LiveStream,
  Locale,
  Media,
  Mutation,
  NavigationItem,
  Node,
  Query,
  ReadMore,
  Rights,
  SearchConnection,
  Section,
  Seo,
  Source,
  Tag,
  TagConnection,
  URL: Url,
  Video,
  VideoSource,
  Viewer,
};
