import type { EditionCode } from '../../content/edition.ts';
import type { ArticleId } from '../../content/ids.ts';
import type { NamedDocument } from '../document.ts';
import type { PreparedDocument } from '../prepare-document.ts';
import { addressKey, entryKey, type AddressHolder } from './batch-state.ts';

/** A slug in its edition. */
export interface WantedSlug {
  readonly edition: EditionCode;
  readonly slug: string;
}

export type WantedAddress = Pick<AddressHolder, 'edition' | 'form' | 'value'>;

/** What has to be read before the documents of a batch can be applied, each once. */
export interface Wanted {
  readonly editions: readonly EditionCode[];
  readonly articleIds: readonly ArticleId[];
  readonly tags: readonly WantedSlug[];
  readonly authors: readonly WantedSlug[];
  readonly addresses: readonly WantedAddress[];
}

/** What `documents` touch, refer to or may collide with. */
export const collectWanted = (documents: readonly PreparedDocument[]): Wanted => {
  const editions = new Set<EditionCode>();
  const articleIds = new Set<ArticleId>();
  const tags = new Map<string, WantedSlug>();
  const authors = new Map<string, WantedSlug>();
  const addresses = new Map<string, WantedAddress>();

  const want = (into: Map<string, WantedSlug>, edition: EditionCode, named: NamedDocument): void => {
    const slug = typeof named === 'string' ? named : named.slug;
    into.set(entryKey(edition, slug), { edition, slug });
  };
  const wantAddress = (address: WantedAddress): void => void addresses.set(addressKey(address), address);

  for (const document of documents) {
    if (document.type === 'withdrawal') {
      for (const edition of document.editions) editions.add(edition);
      for (const id of document.ids) articleIds.add(id);
      continue;
    }
    const { edition } = document.type === 'article' ? document.document : document;
    editions.add(edition);
    if (document.type === 'section') wantAddress({ edition, form: 'path', value: document.path });
    if (document.type === 'tag') want(tags, edition, document.slug);
    if (document.type === 'author') want(authors, edition, document.slug);
    if (document.type !== 'article') continue;
    const { section, slug } = document.document;
    articleIds.add(document.id);
    for (const tag of document.document.tags) want(tags, edition, tag);
    for (const author of document.document.authors) want(authors, edition, author);
    wantAddress({ edition, form: 'slug', value: slug });
    for (const value of [`${section}/${slug}`, ...document.aliases]) wantAddress({ edition, form: 'path', value });
  }
  return {
    editions: [...editions],
    articleIds: [...articleIds],
    tags: [...tags.values()],
    authors: [...authors.values()],
    addresses: [...addresses.values()],
  };
};
