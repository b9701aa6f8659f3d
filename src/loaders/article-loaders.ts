import type DataLoader from 'dataloader';
import type { ArticleBody, BodyBlock } from '../content/body.ts';
import type { Article } from '../content/entities.ts';
import { withinExcerpt } from '../content/excerpt.ts';
import { editionOfId, idOf, type ArticleId } from '../content/ids.ts';
import type { Viewpoint } from '../content/listing.ts';
import { coversEdition, isInScope } from '../content/plan.ts';
import { tagOf } from '../content/tags.ts';
import type { Visibility } from '../content/visibility.ts';
import { addressKey } from '../stores/address-key.ts';
import type { Address, Addressed, AddressRequest } from '../stores/article-store.ts';
import { asError } from '../stores/federated/ask-each-store.ts';
import { createBatchLoader, inOrderOf, type LoaderSetting } from './batch-loader.ts';
import { createListLoaders, type ListLoaders } from './list-loaders.ts';
import type { Recorder } from './recorder.ts';
import { editionsOf, type Sight } from './sight.ts';
import type { GroupInEdition } from './taxonomy-loaders.ts';

/** Where an address leads, whether or not the article may be seen. */
export type Standing = {
  /** False: the article has moved on from this address. */
  readonly isCurrent: boolean;
} & (
  | { readonly visibility: 'visible'; readonly article: Article }
  // Null: taken down, and its store does not know it any longer.
  | { readonly visibility: Exclude<Visibility, 'visible'>; readonly article: Article | null }
);

/** What an address leads to when its article was taken down and no other stands there: a section may. */
const TAKEN_DOWN: Standing = { article: null, visibility: 'gone', isCurrent: false };

/** The same, of what whoever asks may not have. */
const NOT_HELD: Standing = { article: null, visibility: 'forbidden', isCurrent: false };

/** The id of an article that there is not, at an address where none stands. */
const nobodyAt = ({ edition, form, value }: Address): ArticleId => idOf.article(edition, `nobody at ${form}`, value);

export interface ArticleLoaders extends ListLoaders {
  /** Null: unknown, or not to be seen now. */
  readonly byId: DataLoader<ArticleId, Article | null, unknown>;
  /** With the text, where it is said that it will be asked for: it is loaded as `body` then, and read already. */
  readonly standingAt: DataLoader<AddressRequest, Standing | null, unknown>;
  readonly body: DataLoader<ArticleId, readonly BodyBlock[], unknown>;
  readonly byGroup: DataLoader<GroupInEdition, Article | null, unknown>;
}

/** Loaders of articles, as whoever has this `sight` may have them. */
export const createArticleLoaders = (setting: LoaderSetting, recorder: Recorder, sight: Sight): ArticleLoaders => {
  const { tombstones } = setting;
  const known = new Map<ArticleId, Article>();
  /** Read with their articles. */
  const texts = new Map<ArticleId, ArticleBody>();
  /** `article` as it may be had; who comes back to it, for its text perhaps, does not read it again. */
  const remember = <Found extends Article | null>(article: Found): Found => {
    if (article !== null) {
      known.set(article.id, article);
      byId.prime(article.id, article);
    }
    return article;
  };
  const takenDown = ({ edition }: Address, found: Addressed | null, from: Viewpoint): Standing => {
    if (!coversEdition(from, edition)) return NOT_HELD;
    if (found === null) return TAKEN_DOWN;
    const { article } = found;
    const wasHeld = tombstones.hidesId(article.id)
      ? sight.look(article, from).visibility === 'gone'
      : isInScope(article, from);
    return wasHeld ? TAKEN_DOWN : NOT_HELD;
  };
  const standingOf = (address: Address, found: Addressed | null, from: Viewpoint): Standing | null => {
    const { edition, form, value } = address;
    const isCurrent = found?.isCurrent ?? false;
    if (!isCurrent) {
      // Whoever stands there now goes before it; who left before does not come back for it.
      const isHidden = form === 'slug' ? tombstones.hidesSlug(edition, value) : tombstones.hidesPath(edition, value);
      if (isHidden) return takenDown(address, found, from);
    }
    if (found === null) return null;
    const { visibility, article } = sight.look(found.article, from);
    if (found.body !== undefined) texts.set(article.id, found.body);
    return visibility === 'visible'
      ? { visibility, article: remember(article), isCurrent }
      : { visibility, article, isCurrent };
  };
  const groupKey = (edition: string, group: string | null): string => `${edition}:${group}`;

  const byId: ArticleLoaders['byId'] = createBatchLoader(setting, {
    name: 'article',
    editionOf: editionOfId,
    record: (id: ArticleId) => recorder.tag(tagOf.article(id)),
    read: async ({ articles }, ids) => {
      const from = await sight.from(ids.map(editionOfId));
      return inOrderOf(ids, await articles.byIds(ids), ({ id }) => id).map((article) => sight.show(article, from));
    },
  });

  return {
    byId,
    standingAt: createBatchLoader(setting, {
      name: 'article by address',
      editionOf: ({ edition }: AddressRequest) => edition,
      identityOf: addressKey,
      record: ({ edition, form, value }) =>
        recorder.tag(form === 'slug' ? tagOf.slug(edition, 'article', value) : tagOf.url(edition, value)),
      read: async ({ articles }, addresses) => {
        const from = await sight.from(editionsOf(addresses));
        const found = await articles.byAddresses(addresses);
        const inOrder = inOrderOf(addresses.map(addressKey), found, ({ address }) => addressKey(address));
        return addresses.map((address, index) => {
          const standing = standingOf(address, inOrder[index] ?? null, from);
          // As many tags as of an article that is not to be seen: a CDN is told them, and whoever asks it can count.
          if (standing === null || standing.article === null) recorder.tag(tagOf.article(nobodyAt(address)));
          return standing;
        });
      },
    }),
    body: createBatchLoader(setting, {
      name: 'body',
      editionOf: editionOfId,
      record: (id: ArticleId) => recorder.tag(tagOf.article(id)),
      read: async ({ articles }, ids) => {
        // As a rule they are what the text was asked for by, and read already, whatever became of others' asking for them by id.
        const ownerOf = async (id: ArticleId): Promise<Article | Error | null> =>
          known.get(id) ?? (await byId.load(id).catch(asError));
        const wanted = ids.filter((id) => !texts.has(id));
        const [bodies, owners] = await Promise.all([
          wanted.length === 0 ? [] : articles.bodies(wanted),
          Promise.all(ids.map(ownerOf)),
        ]);
        for (const body of bodies) texts.set(body.id, body);
        return ids.map((id, index) => {
          const body = texts.get(id) ?? null;
          recorder.boundary(body?.lookAgainAt ?? null);
          const owner = owners[index] ?? null;
          if (owner instanceof Error) return owner;
          // Read before it was taken down, perhaps.
          if (body === null || owner === null || tombstones.hidesId(body.id)) return [];
          const isWhole = owner.rights.syndication === 'FULL';
          recorder.gave(owner, isWhole ? 'text' : 'excerpt');
          return isWhole ? body.blocks : withinExcerpt(body.blocks);
        });
      },
    }),
    byGroup: createBatchLoader(setting, {
      name: 'article by translation group',
      editionOf: ({ edition }: GroupInEdition) => edition,
      identityOf: ({ edition, group }) => groupKey(edition, group),
      record: ({ edition, group }) => recorder.tag(tagOf.group(edition, group)),
      read: async ({ articles }, keys) => {
        const from = await sight.from(editionsOf(keys));
        const found = await articles.byTranslationGroups([...new Set(keys.map(({ group }) => group))]);
        const wanted = keys.map(({ edition, group }) => groupKey(edition, group));
        const keyOf = (article: Article): string => groupKey(article.edition, article.translationGroup);
        // Versions nobody asked for are not recorded: their changes end nothing here.
        const asked = new Set(wanted);
        // An edition may hold several: the first by id that may be seen, and all recorded, for that may change.
        const seen = found.filter((article) => asked.has(keyOf(article)));
        return inOrderOf(
          wanted,
          seen
            .map((article) => remember(sight.show(article, from)))
            .filter((article) => article !== null)
            .toSorted((a, b) => (a.id < b.id ? 1 : -1)),
          keyOf,
        );
      },
    }),
    ...createListLoaders(setting, recorder, sight, remember),
  };
};
