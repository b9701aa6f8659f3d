import type { Instant } from '../../clock.ts';
import type { EditionCode } from '../../content/edition.ts';
import type { ArticleId } from '../../content/ids.ts';
import { spellingKey } from '../../content/spelling.ts';
import { LineError } from '../line-error.ts';
import { findEntry, findHolder, type AddressHolder, type BatchState } from './batch-state.ts';

/** The addresses an article is to have. */
export interface AddressClaim {
  readonly edition: EditionCode;
  readonly id: ArticleId;
  readonly sourceId: string;
  readonly slug: string;
  readonly path: string;
  /** Newest first. */
  readonly aliases: readonly string[];
  /** False: they are those of the line before, and what others have taken since is not taken back. */
  readonly areAliasesNew: boolean;
}

/** What a claim does to addresses. */
export interface AddressChange {
  readonly changed: readonly AddressHolder[];
  /** Articles that lose a former address by it. */
  readonly losers: readonly ArticleId[];
  /** Every path the article has or had, before and after. */
  readonly paths: readonly string[];
  /** Every slug, likewise. */
  readonly slugs: readonly string[];
}

const SECOND_MS = 1_000;

const isSameSpelt = (one: string, other: string): boolean => spellingKey(one) === spellingKey(other);

/**
 * What `claim` changes: slug and path become the article's own, those it had stay as former ones, and so do `aliases`
 * where nobody stands today. A former address of another article is taken over, a current one is not. One that is spelled
 * anew is the same address: it takes the new spelling, and the old one, which finds it all the same, is not kept.
 *
 * @throws {LineError} when a current address belongs to another article, or the path or an alias to a section.
 */
export const claimAddresses = (claim: AddressClaim, state: BatchState, now: Instant): AddressChange => {
  const { edition, id, sourceId } = claim;
  const changed: AddressHolder[] = [];
  const losers = new Set<ArticleId>();
  const own = [...state.addresses.values()].filter(({ articleId }) => articleId === id);

  const put = (holder: AddressHolder): void => {
    const before = findHolder(state, holder);
    const isOwn = before?.articleId === id && before.isCurrent === holder.isCurrent;
    if (isOwn && (before.value === holder.value || !holder.isCurrent)) return;
    if (before !== undefined && before.articleId !== id) losers.add(before.articleId);
    changed.push(holder);
  };

  for (const [form, value] of [
    ['slug', claim.slug],
    ['path', claim.path],
  ] as const) {
    const holder = findHolder(state, { edition, form, value });
    if (holder?.isCurrent && holder.articleId !== id)
      throw new LineError(
        `${form === 'slug' ? 'slug' : 'section and slug'}: "${value}" belongs to article "${holder.sourceId}"`,
      );
    put({ edition, form, value, articleId: id, sourceId, isCurrent: true, since: now });
  }
  if (findEntry(state.sections, edition, claim.path) !== undefined)
    throw new LineError(`section and slug: "${claim.path}" is the path of a section`);
  const ofSections = claim.aliases.filter((value) => findEntry(state.sections, edition, value) !== undefined);
  if (ofSections.length > 0)
    throw new LineError(`aliases: ${ofSections.map((value) => `"${value}" is the path of a section`).join('; ')}`);
  for (const { form, value, isCurrent } of own) {
    const isStill = isSameSpelt(value, form === 'slug' ? claim.slug : claim.path);
    if (isCurrent && !isStill) put({ edition, form, value, articleId: id, sourceId, isCurrent: false, since: now });
  }
  const aliases = claim.areAliasesNew ? claim.aliases : [];
  aliases.forEach((value, index) => {
    const holder = findHolder(state, { edition, form: 'path', value });
    if (isSameSpelt(value, claim.path) || holder?.isCurrent || holder?.articleId === id) return;
    // Behind the address it has just left, and in the order they are given.
    put({
      edition,
      form: 'path',
      value,
      articleId: id,
      sourceId,
      isCurrent: false,
      since: now - (index + 1) * SECOND_MS,
    });
  });

  const values = (form: AddressHolder['form']): string[] => [
    ...new Set([...own, ...changed].filter((holder) => holder.form === form).map(({ value }) => value)),
  ];
  return { changed, losers: [...losers], paths: values('path'), slugs: values('slug') };
};
