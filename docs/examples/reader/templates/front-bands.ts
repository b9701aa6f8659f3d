import { html } from 'hono/html';
import type { FrontPageQuery } from '../operations.generated.ts';
import { card } from './card.ts';
import { picture } from './picture.ts';
import type { Fragment, Site } from './site.ts';

/** An entry of the menu with what its band shows. */
export type Entry = NonNullable<NonNullable<FrontPageQuery['edition']>['bands']>[number];
type Story = NonNullable<NonNullable<Entry['section']>['articles']>['nodes'][number];

/** A heading that leads to the section it names. */
const title = ({ addresses }: Site, id: string, label: string, url: string): Fragment =>
  html`<h2 class="band-title" id="${id}"><a href="${addresses.hrefOf(url)}">${label}</a></h2>`;

/** An entry that is told by its topics: it has some, and its articles are reports. */
const isToldByTopics = ({ section, children }: Entry, position: number): boolean =>
  section !== null && children.length > 0 && position === 0;

/**
 * A small column for every topic below the menu's first entry. A story that belongs to several is told in the first of them.
 *
 * @param onTop ids of articles that stand on top of the page already.
 */
export const topicColumns = (
  site: Site,
  entries: readonly Entry[],
  onTop: readonly (string | undefined)[],
): readonly Fragment[] => {
  const told = new Set(onTop);
  const topics = entries.filter(isToldByTopics).flatMap(({ children }) => children);
  return topics.flatMap(({ label, section }, position) => {
    const all = section?.articles?.nodes ?? [];
    const fresh = all.filter(({ id }) => !told.has(id));
    const articles = (fresh.length === 0 ? all : fresh).slice(0, 3);
    if (section === null || articles.length === 0) return [];
    for (const { id } of articles) told.add(id);
    return html`<section class="topic" aria-labelledby="topic-${position}">
      ${title(site, `topic-${position}`, label, section.url)}
      ${articles.map((article, index) =>
        card(site, article, { look: index === 0 ? 'standard' : 'brief', level: 3, hidesSection: true }),
      )}
    </section>`;
  });
};

const signature = ({ formats }: Site, { authors }: Story): Fragment | null => {
  const [first, ...others] = authors ?? [];
  if (first === undefined) return null;
  const names = formats.list([first, ...others].map(({ name }) => name));
  return html`<p class="card-author">
    ${first.avatar && picture({ ...first.avatar, alt: '' }, { sizes: '3rem' })} <span>${names}</span>
  </p>`;
};

/** The whole width for an entry of the menu: signed pieces by who wrote them, films and pictures by what they show. */
export const sectionBand = (site: Site, entry: Entry, position: number): Fragment | null => {
  const { label, section, children } = entry;
  if (section === null || isToldByTopics(entry, position)) return null;
  const articles = section.articles?.nodes ?? [];
  if (articles.length === 0) return null;
  const isSigned = children.length > 0;
  const look = section.kind === 'FORMAT' ? 'shown' : 'told';
  const count = isSigned ? 4 : 3;
  return html`<section class="band band-${look}" aria-labelledby="band-${position}">
    <div class="wrap">
      ${title(site, `band-${position}`, label, section.url)}
      <div class="band-cards${isSigned ? ' is-signed' : ''}">
        ${articles.slice(0, count).map((article) =>
          card(site, article, {
            look: isSigned ? 'brief' : 'standard',
            level: 3,
            hasStandfirst: isSigned,
            hidesSection: !isSigned,
            foot: isSigned ? (signature(site, article) ?? html``) : html``,
          }),
        )}
      </div>
    </div>
  </section>`;
};
