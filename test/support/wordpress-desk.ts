import type { DeskUnderTest, WrittenStory } from '../contracts/content-source.ts';
import type { WordPressSite } from './wordpress-site.ts';

/** A post as REST takes it; `status` follows the date there: what lies ahead is scheduled. */
type Body = Readonly<Record<string, unknown>>;

const gmtOf = (instant: number): string => new Date(instant).toISOString().slice(0, 19);

/** A site as editors of the contract suite work in it, over REST. Its terms are named by `prefix`. */
export const openWordPressDesk = async (site: WordPressSite, prefix: string): Promise<DeskUnderTest> => {
  const idOf = async (route: string, body: Body): Promise<number> => (await site.call('POST', route, body)).id;
  const top = await idOf('categories', { name: `${prefix} &amp; News`, slug: `${prefix}-news` });
  const below = await idOf('categories', { name: `${prefix} Politics`, slug: `${prefix}-politics`, parent: top });
  const sections = new Map([
    [`${prefix}-news`, top],
    [`${prefix}-news/${prefix}-politics`, below],
  ]);
  const tags = new Map<string, number>();
  for (const slug of [`${prefix}-moscow`, `${prefix}-غزة`]) tags.set(slug, await idOf('tags', { name: slug, slug }));
  const [first = '', second = ''] = [...tags.keys()];

  const bodyOf = ({ headline, html, standfirst, publishedAt, sectionPath, tagSlugs }: Partial<WrittenStory>): Body => ({
    ...(headline === undefined ? {} : { title: headline }),
    ...(html === undefined ? {} : { content: `<!-- wp:html -->${html}<!-- /wp:html -->` }),
    ...(standfirst === undefined ? {} : { excerpt: standfirst ?? '' }),
    ...(publishedAt === undefined ? {} : { date_gmt: gmtOf(publishedAt) }),
    ...(sectionPath === undefined ? {} : { categories: [sections.get(sectionPath)] }),
    ...(tagSlugs === undefined ? {} : { tags: tagSlugs.map((slug) => tags.get(slug)) }),
  });

  return {
    source: site.source(),
    filing: { top: `${prefix}-news`, below: `${prefix}-news/${prefix}-politics`, tags: [first, second] },
    publish: async (story) => String(await idOf('posts', { ...bodyOf(story), status: 'publish' })),
    draft: async (story) => String(await idOf('posts', { ...bodyOf(story), status: 'draft' })),
    async revise(sourceId, change) {
      await site.call('POST', `posts/${sourceId}`, bodyOf(change));
    },
    async withdraw(sourceId) {
      await site.call('DELETE', `posts/${sourceId}`);
    },
    async republish(sourceId) {
      await site.call('POST', `posts/${sourceId}`, { status: 'publish' });
    },
    async erase(sourceId) {
      await site.call('DELETE', `posts/${sourceId}?force=true`);
    },
  };
};
