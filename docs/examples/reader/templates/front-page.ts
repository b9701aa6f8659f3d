import { html } from 'hono/html';
import type { CardFragment, FrontPageQuery } from '../operations.generated.ts';
import { card } from './card.ts';
import { sectionBand, topicColumns, type Entry } from './front-bands.ts';
import { sideColumn } from './side-column.ts';
import type { Fragment, Site } from './site.ts';

/** What a front page is drawn from. */
export type Front = NonNullable<FrontPageQuery['edition']>;

const SECOND_STORIES = 3;
const LATEST = 7;
/** About as long as the side column; the others have the whole width. */
const TOPICS_BESIDE = 4;

/** What stands on top: the breaking story, else the newest; the next ones below it, and the latest beside it. */
const arrange = ({ breaking, latest }: Front): readonly [CardFragment | undefined, CardFragment[], CardFragment[]] => {
  const newest = latest?.nodes ?? [];
  const lead = breaking?.nodes[0] ?? newest[0];
  const others = newest.filter(({ id }) => id !== lead?.id);
  // Stories with a picture of the event carry a place on top; the rest are told in the list.
  const second = others.filter(({ kind }) => kind !== 'OPINION' && kind !== 'BLOG').slice(0, SECOND_STORIES);
  const rest = others.filter((article) => !second.includes(article)).slice(0, LATEST);
  return [lead, second, rest];
};

const onAir = ({ addresses, edition: { live } }: Site, label: string): Fragment | null =>
  live?.isLive
    ? html`<a class="on-air" href="${addresses.hrefOf(live.url)}">
        <span class="live is-on-air">${label}</span> <span class="on-air-title">${live.title}</span>
      </a>`
    : null;

/** An edition's front page. */
export const frontPage = (site: Site, front: Front): Fragment => {
  const { edition, wording } = site;
  const [lead, second, latest] = arrange(front);
  const entries: readonly Entry[] = front.bands ?? [];
  const topics = topicColumns(
    site,
    entries,
    [lead, ...second].map((article) => article?.id),
  );
  const liveLabel = entries.length === 0 ? '' : ((edition.navigation ?? []).find(({ live }) => live)?.label ?? '');

  return html`
    <h1 class="visually-hidden">${edition.name}</h1>
    <div class="wrap">
      ${onAir(site, liveLabel)}
      <div class="top">
        <div class="top-lead">
          ${lead && card(site, lead, { look: 'lead', level: 2, hasStandfirst: true, saysAge: true, isFirst: true })}
        </div>
        <div class="top-second">
          ${second.map((article) => card(site, article, { look: 'standard', level: 2, saysAge: true }))}
        </div>
        <section class="latest" aria-labelledby="latest">
          <h2 class="side-title" id="latest">${wording.latest}</h2>
          <ol>
            ${latest.map((article) => html`<li>${card(site, article, { look: 'brief', level: 3, saysAge: true })}</li>`)}
          </ol>
        </section>
      </div>
    </div>
    <div class="wrap columns">
      <div class="column-main topics">${topics.slice(0, TOPICS_BESIDE)}</div>
      ${sideColumn(site)}
    </div>
    <div class="wrap topics topics-wide">${topics.slice(TOPICS_BESIDE)}</div>
    ${entries.map((entry, position) => sectionBand(site, entry, position))}
  `;
};
