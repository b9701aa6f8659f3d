import type { BodyBlock } from '../../content/body.ts';
import type { Article } from '../../content/entities.ts';
import type { SourceStory } from '../content-source.ts';

/** What of a story its source alone says, in the gateway's form. Where it stands and as of which version says the index. */
export type StoryReading = Pick<
  Article,
  | 'kind'
  | 'language'
  | 'kicker'
  | 'headline'
  | 'standfirst'
  | 'byline'
  | 'sources'
  | 'publishedAt'
  | 'lead'
  | 'media'
  | 'corrections'
  | 'rights'
  | 'seo'
>;

/** The same reading of stories as the index is made by: nothing reaches a reader that an import would refuse. */
export interface StoryReader {
  /** Null: it cannot be shown as it is. */
  readStory(story: SourceStory): StoryReading | null;
  /** Null: likewise. */
  readBody(html: string): readonly BodyBlock[] | null;
}
