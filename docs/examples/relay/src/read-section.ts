import { fetchQuery, getSingularSelector, type Environment, type Snapshot } from 'relay-runtime';
import pageQuery, { type sectionArticlesPageQuery } from './generated/sectionArticlesPageQuery.graphql.ts';
import fragment, {
  type sectionArticles_section$data,
  type sectionArticles_section$key,
} from './generated/sectionArticles_section.graphql.ts';
import sectionQuery, { type sectionPageQuery } from './generated/sectionPageQuery.graphql.ts';

/** What Relay's reader says of a field that it did not read well; its types do not name it yet. */
interface FieldError {
  readonly kind: string;
  readonly fieldPath: string;
  /** True: the field said `@catch`. Absent: Relay only logs it. */
  readonly handled?: boolean;
  /** False: no `@throwOnFieldError` stands around it. */
  readonly shouldThrow?: boolean;
  /** What the gateway said, after its path. Absent: it said nothing, and the field is missing. */
  readonly error?: { readonly message: string };
}

/**
 * What Relay's store has of a section: all pages fetched so far, as one list.
 *
 * @throws for a field that failed: `lookup` itself gives null for it, and leaves `@throwOnFieldError` to its caller.
 */
const look = (environment: Environment, key: sectionArticles_section$key): sectionArticles_section$data => {
  const selector = getSingularSelector(fragment, key);
  if (selector === null || selector === undefined) throw new TypeError('The query does not spread the fragment');
  const snapshot = environment.lookup(selector) as Snapshot & { readonly fieldErrors?: readonly FieldError[] | null };
  const failed = snapshot.fieldErrors?.find(({ handled, shouldThrow }) => handled === false && shouldThrow !== false);
  if (failed !== undefined) throw new Error(failed.error?.message ?? `${failed.fieldPath}: ${failed.kind}`);
  return snapshot.data as unknown as sectionArticles_section$data;
};

/**
 * A section's articles without React: the first page, then `further` pages more, each asked for by the query that the
 * compiler made of the fragment. In a component `usePaginationFragment` does the same.
 *
 * @returns null: there is no such section.
 * @throws if a page could not be read. Relay's store has then lost the pages before it too: begin again.
 */
export const readSection = async (
  environment: Environment,
  variables: sectionPageQuery['variables'],
  further: number,
): Promise<sectionArticles_section$data | null> => {
  const data = await fetchQuery<sectionPageQuery>(environment, sectionQuery, variables).toPromise();
  const key = data?.edition?.section;
  if (key === null || key === undefined) return null;
  let from: string | null | undefined;
  for (let turn = 0; turn < further; turn += 1) {
    const { id, articles } = look(environment, key);
    const cursor = articles.pageInfo.endCursor;
    // A list that does not say from where it goes on would give its first page, or the same one, again and again.
    if (!articles.pageInfo.hasNextPage || cursor === null || cursor === undefined || cursor === from) break;
    from = cursor;
    await fetchQuery<sectionArticlesPageQuery>(environment, pageQuery, { id, count: 10, cursor }).toPromise();
  }
  return look(environment, key);
};
