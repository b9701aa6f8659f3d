import { html } from 'hono/html';
import type { ArticlePageFragment } from '../operations.generated.ts';
import type { Fragment, Site } from './site.ts';

type Signed = Pick<ArticlePageFragment, 'byline' | 'authors'>;

/** Cuts `text` at the names in it, the names kept, in the order of the text. */
const cutAtNames = (text: string, names: readonly string[]): readonly string[] => {
  const next = names
    .map((name) => ({ name, at: text.indexOf(name) }))
    .filter(({ at }) => at >= 0)
    // Of two that begin together the longer one is meant.
    .toSorted((one, other) => one.at - other.at || other.name.length - one.name.length)[0];
  if (next === undefined) return [text];
  const { name, at } = next;
  return [text.slice(0, at), name, ...cutAtNames(text.slice(at + name.length), names)];
};

/** What the desk wrote; the authors' names where it wrote nothing. Null: nobody signs. */
export const bylineText = ({ formats }: Pick<Site, 'formats'>, { byline, authors }: Signed): string | null => {
  if (byline !== null) return byline;
  const names = (authors ?? []).map(({ name }) => name);
  return names.length === 0 ? null : formats.list(names);
};

/** Who signs, every author named there leading to their page. */
export const byline = (site: Site, signed: Signed): Fragment | null => {
  const text = bylineText(site, signed);
  if (text === null) return null;
  const authors = signed.authors ?? [];
  const parts = cutAtNames(
    text,
    authors.map(({ name }) => name),
  ).map((part) => {
    const author = authors.find(({ name }) => name === part);
    return author === undefined
      ? html`${part}`
      : html`<a rel="author" href="${site.addresses.hrefOf(author.url)}">${part}</a>`;
  });
  return html`<p class="byline"><span class="by">${site.wording.by}</span> <span class="names">${parts}</span></p>`;
};
