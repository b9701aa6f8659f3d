import { ask } from './ask.ts';
import { DEEP_SECTION, WALK } from './scale-rows.ts';

/** Pages of a hundred that lie before page 500 of twenty. */
const PAGES = (499 * 20) / 100;

interface Walked {
  readonly edition: {
    readonly section: {
      readonly articles: { readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string } };
    };
  };
}

/** The cursor that page 500 of a section begins after, or the last hundred articles of one with fewer; null: it has no more. */
export const findDeepCursor = async (port: number): Promise<string | null> => {
  let after: string | null = null;
  for (let page = 0; page < PAGES; page += 1) {
    const { data }: { data: unknown } = await ask(port, WALK, { ...DEEP_SECTION, after });
    const { hasNextPage, endCursor } = (data as Walked).edition.section.articles.pageInfo;
    if (!hasNextPage) return after;
    after = endCursor;
  }
  return after;
};
