import type { ArticleBody } from '../content/body.ts';
import type { Article } from '../content/entities.ts';
import type { ArticleId } from '../content/ids.ts';
import { ownText } from '../content/own-text.ts';
import { tagOf } from '../content/tags.ts';
import type { Addressed, AddressRequest, ArticleStore } from '../stores/article-store.ts';
import { addressKey } from '../stores/address-key.ts';
import type { EntityTier } from './entity-tier.ts';
import { groupTags } from './group-tags.ts';
import { createResidentCounts } from './resident-counts.ts';
import { createResidentRelated } from './resident-related.ts';

/**
 * `store` with what it is asked for by name kept in `tier`: articles by id, address and translation group, and bodies, and how many
 * a list holds. Lists and searches are the store's own; what related articles are chosen from is kept for as long as a scored list may be old.
 */
export const createResidentArticleStore = (
  store: ArticleStore,
  tier: EntityTier,
  isTold: () => boolean,
): ArticleStore => {
  const byIds = tier.keep<ArticleId, Article>({
    name: 'article',
    keyOf: (id) => id,
    homeOf: ({ id }) => id,
    tagsOf: (id) => [tagOf.article(id)],
    read: store.byIds,
    isTold,
  });
  return {
    ...store,
    byIds,
    count: createResidentCounts(store, tier, isTold),
    related: createResidentRelated(store, tier, byIds) ?? store.related,
    bodies: tier.keep<ArticleId, ArticleBody>({
      name: 'body',
      keyOf: (id) => id,
      homeOf: ({ id }) => id,
      tagsOf: (id) => [tagOf.article(id)],
      read: store.bodies,
      isTold,
    }),
    byAddresses: tier.keep<AddressRequest, Addressed>({
      name: 'article-by-address',
      // As it is spelled: of several that were told apart once, the one that is written so is found.
      keyOf: addressKey,
      homeOf: ({ address }) => addressKey(address),
      tagsOf: ({ edition, form, value }, found) => [
        form === 'slug' ? tagOf.slug(edition, 'article', value) : tagOf.url(edition, value),
        ...found.map(({ article }) => tagOf.article(article.id)),
      ],
      // What is found is kept with its address.
      read: (addresses) => store.byAddresses(addresses.map((one) => ({ ...one, value: ownText(one.value) }))),
      isTold,
    }),
    byTranslationGroups: tier.keep<string, Article>({
      name: 'article-by-group',
      keyOf: (group) => group,
      homeOf: ({ translationGroup }) => translationGroup ?? '',
      tagsOf: (group, found) => [...groupTags(group), ...found.map(({ id }) => tagOf.article(id))],
      read: store.byTranslationGroups,
      isTold,
    }),
  };
};
