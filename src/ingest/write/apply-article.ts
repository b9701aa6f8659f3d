import type { Instant } from '../../clock.ts';
import { idOf } from '../../content/ids.ts';
import type { PreparedArticle, TaxonomyDocument } from '../prepare-document.ts';
import { applyTaxonomy, type Outcome } from './apply-taxonomy.ts';
import { digestAliases, digestContent, digestText, writeDigest } from './article-digest.ts';
import { articleColumns } from './article-row.ts';
import { addressPlace, findEntry, type AddressHolder, type BatchState, type StoredArticle } from './batch-state.ts';
import type { BatchWrites } from './batch-writes.ts';
import { exactChangeTagsOf, pickChangeKind } from './change-of-article.ts';
import { claimAddresses } from './claim-addresses.ts';
import { resolveReferences, type References } from './resolve-references.ts';

const targetsOf = ({ sections, ancestors, tags, authors }: References, article: PreparedArticle): readonly string[] => [
  ...new Set<string>([
    idOf.edition(article.document.edition),
    ...[...sections, ...ancestors, ...tags, ...authors].map(({ id }) => id),
  ]),
];

const stateOf = (
  { id, document }: PreparedArticle,
  rest: Pick<StoredArticle, 'path' | 'version' | 'digest' | 'targets' | 'takenDownAt' | 'updatedAt'>,
): StoredArticle => ({
  id,
  edition: document.edition,
  kind: document.kind,
  slug: document.slug,
  rights: {
    syndication: document.rights.syndication,
    holder: document.rights.holder ?? null,
    usageTerms: document.rights.usageTerms ?? null,
    embargoedUntil: document.rights.embargoedUntil ?? null,
    expiresAt: document.rights.expiresAt ?? null,
  },
  correctionCount: document.corrections.length,
  translationGroup: document.translationGroup ?? null,
  publishedAt: document.publishedAt,
  breaking: document.breaking,
  breakingUntil: document.breakingUntil ?? null,
  withdrawnAt: document.withdrawnAt ?? rest.takenDownAt,
  ...rest,
});

const boundariesOf = ({ document }: PreparedArticle): readonly Instant[] => {
  const { publishedAt, rights, breaking, breakingUntil } = document;
  const instants = [publishedAt, rights.embargoedUntil, rights.expiresAt, breaking ? breakingUntil : undefined];
  return [...new Set(instants.filter((instant) => instant !== undefined))];
};

/** Lets `holder` stand at its address; one that was written in another spelling gives way to it. */
const place = (holder: AddressHolder, state: BatchState, writes: BatchWrites): void => {
  const at = addressPlace(state.addresses, holder);
  const before = state.addresses.get(at);
  if (before !== undefined && before.value !== holder.value) writes.givenUp.set(`${at}\0${before.value}`, before);
  state.addresses.set(at, holder);
  writes.addresses.set(at, holder);
};

/**
 * Applies an article to `state` and notes what is to be written: nothing, when no reader could see a difference.
 *
 * @throws {LineError} before anything is changed, when it cannot be taken.
 */
export const applyArticle = (
  article: PreparedArticle,
  state: BatchState,
  writes: BatchWrites,
  now: Instant,
): Outcome => {
  const { id, document } = article;
  const { edition, slug } = document;
  // As its section is spelled: the line may write it otherwise.
  const path = `${findEntry(state.sections, edition, document.section)?.path ?? document.section}/${slug}`;
  // First what may fail and changes nothing.
  const { sourceId } = document;
  const { aliases } = article;
  const before = state.articles.get(id);
  const aliasesDigest = digestAliases(aliases);
  const areAliasesNew = before?.digest.aliases !== aliasesDigest;
  const addresses = claimAddresses({ edition, id, sourceId, slug, path, aliases, areAliasesNew }, state, now);
  const create = (made: TaxonomyDocument): void => void applyTaxonomy(made, state, writes);
  const references = resolveReferences(article, state, create);

  const columns = articleColumns(article, path, references);
  const digest = {
    content: digestContent(columns, article),
    aliases: aliasesDigest,
    text: digestText(columns),
  };
  if (before?.digest.content === digest.content && addresses.changed.length === 0) {
    if (areAliasesNew) {
      // No reader sees that the line names other aliases, but the next line is compared with it.
      state.articles.set(id, { ...before, digest });
      writes.digests.set(id, digest);
    }
    return 'unchanged';
  }

  const version = (before?.version ?? 0) + 1;
  const targets = targetsOf(references, article);
  const fallback = before === undefined ? document.publishedAt : Math.floor(now / 1000) * 1000;
  const updatedAt = document.updatedAt ?? fallback;
  const takenDownAt = before?.takenDownAt ?? null;
  const after = stateOf(article, { path, version, digest, targets, takenDownAt, updatedAt });
  const tagNames = references.tags.map(({ name }) => name).join(' ');
  const row = {
    ...columns,
    // Not the line's alone: what was taken down stays so.
    withdrawn_at: after.withdrawnAt === null ? null : new Date(after.withdrawnAt).toISOString(),
    updated_at: new Date(updatedAt).toISOString(),
    version,
    content_digest: writeDigest(digest),
    tag_names: tagNames,
  };

  state.articles.set(id, after);
  // Twice in a batch: its lists of before are those of the first time.
  const isNew = writes.articles.get(id)?.isNew ?? before === undefined;
  writes.digests.delete(id);
  writes.withdrawals.delete(id);
  writes.articles.set(id, { row, isNew, targets, boundaries: boundariesOf(article) });
  for (const holder of addresses.changed) place(holder, state, writes);
  writes.outbox.push({
    kind: pickChangeKind(before, after, now),
    articleId: id,
    edition,
    tags: exactChangeTagsOf(before, after, addresses, now),
    version,
  });
  return before === undefined ? 'imported' : 'updated';
};
