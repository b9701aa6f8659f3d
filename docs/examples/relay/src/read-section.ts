import { fetchQuery, getSingularSelector, type Environment } from 'relay-runtime';
import pageQuery, { type sectionArticlesPageQuery } from './generated/sectionArticlesPageQuery.graphql.ts';
import fragment, {
  type sectionArticles_section$data,
  type sectionArticles_section$key,
} from './generated/sectionArticles_section.graphql.ts';
import sectionQuery, { type sectionPageQuery } from './generated/sectionPageQuery.graphql.ts';

/** What Relay's store has of a section: all pages fetched so far, as one list. */
const look = (environment: Environment, key: sectionArticles_section$key): sectionArticles_section$data => {
  const selector = getSingularSelector(fragment, key);
  if (selector === null || selector === undefined) throw new TypeError('The query does not spread the fragment');
  return environment.lookup(selector).data as unknown as sectionArticles_section$data;
};

/**
 * A section's articles without React: the first page, then `further` pages more, each asked for by the query that the
 * compiler made of the fragment. In a component `usePaginationFragment` does the same.
 *
 * @returns null: there is no such section.
 */
export const readSection = async (
  environment: Environment,
  variables: sectionPageQuery['variables'],
  further: number,
): Promise<sectionArticles_section$data | null> => {
  const data = await fetchQuery<sectionPageQuery>(environment, sectionQuery, variables).toPromise();
  const key = data?.edition?.section;
  if (key === null || key === undefined) return null;
  for (let turn = 0; turn < further; turn += 1) {
    const { id, articles } = look(environment, key);
    if (!articles.pageInfo.hasNextPage) break;
    const cursor = articles.pageInfo.endCursor;
    await fetchQuery<sectionArticlesPageQuery>(environment, pageQuery, { id, count: 10, cursor }).toPromise();
  }
  return look(environment, key);
};
