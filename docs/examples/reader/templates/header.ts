import { html } from 'hono/html';
import { stepOf } from '../addresses.ts';
import { dirOf } from './direction.ts';
import { time } from './card.ts';
import type { Fragment, PageFace, Site } from './site.ts';

type Entry = NonNullable<Site['edition']['navigation']>[number];

const mark = html`<svg class="mark" viewBox="0 0 32 32" width="32" height="32" aria-hidden="true" focusable="false">
  <circle cx="16" cy="16" r="14" fill="none" stroke="currentColor" stroke-width="2.5" />
  <path d="M16 2c8 8 8 20 0 28c-8-8-8-20 0-28M2 16h28" fill="none" stroke="currentColor" stroke-width="2" />
</svg>`;

/** The outlet's name, leading to its front page. */
export const wordmark = ({ addresses, edition }: Site): Fragment =>
  html`<a class="wordmark" href="${addresses.hrefOf(edition.url)}">${mark}<span>${edition.name}</span></a>`;

/** To the same page in another edition where there is one, else to that edition's front page. */
const editionSwitch = ({ addresses, edition, editions, wording }: Site, { counterparts }: PageFace): Fragment =>
  html`<nav class="editions" aria-label="${wording.editions}">
    <ul>
      ${editions.map((other) => {
        const counterpart = counterparts?.find((candidate) => candidate?.edition.code === other.code);
        const attributes = html`lang="${other.language}" dir="${dirOf(other.direction)}"`;
        if (other.code === edition.code)
          return html`<li>
            <a href="${addresses.hrefOf(edition.url)}" ${attributes} aria-current="true">${other.name}</a>
          </li>`;
        const href = addresses.hrefOf(counterpart?.url ?? other.url);
        return html`<li><a href="${href}" ${attributes} hreflang="${other.language}">${other.name}</a></li>`;
      })}
    </ul>
  </nav>`;

const isWithin = (path: string, section: { readonly path: string } | null): boolean =>
  section !== null && (path === section.path || path.startsWith(`${section.path}/`));

/** The entry of the live stream is known by its address; while on air it is lit. */
const isLiveEntry = ({ edition }: Site, { live, url, section }: Entry): boolean =>
  live || (section === null && url !== null && url === edition.live?.url);

const entry = (site: Site, shown: Entry, sectionPath: string | null): Fragment => {
  const href = shown.url === null ? null : site.addresses.hrefOf(shown.url);
  if (href === null) return html`<li><span>${shown.label}</span></li>`;
  if (isLiveEntry(site, shown))
    return html`<li class="menu-live">
      <a class="live ${shown.live ? 'is-on-air' : ''}" href="${href}">${shown.label}</a>
    </li>`;
  const isCurrent = sectionPath !== null && isWithin(sectionPath, shown.section);
  return html`<li><a href="${href}" ${isCurrent ? html`aria-current="true"` : null}>${shown.label}</a></li>`;
};

const menu = (site: Site, { sectionPath = null }: PageFace): Fragment => {
  const entries = site.edition.navigation ?? [];
  const open =
    (sectionPath === null ? undefined : entries.find(({ section }) => isWithin(sectionPath, section))) ??
    entries.find(({ children }) => children.length > 0);
  const children = open?.children ?? [];
  return html`
    <nav class="menu" aria-label="${site.wording.mainMenu}">
      <ul class="wrap">
        ${entries.map((each) => entry(site, each, sectionPath))}
      </ul>
    </nav>
    ${
      children.length === 0
        ? null
        : html`<nav class="submenu" aria-label="${open?.label ?? site.wording.subMenu}">
            <ul class="wrap">
              ${children.map((child) => entry(site, { ...child, live: false, children: [] }, sectionPath))}
            </ul>
          </nav>`
    }
  `;
};

/**
 * The form that leads to the page of what was found.
 *
 * @param name what it is called to those who hear the page; no two forms of a page by the same.
 */
export const searchForm = ({ edition, wording }: Site, name: string, query = ''): Fragment =>
  html`<form class="search" role="search" aria-label="${name}" action="/${stepOf(edition)}/search">
    <input
      type="search"
      name="q"
      value="${query}"
      maxlength="200"
      dir="auto"
      autocomplete="off"
      placeholder="${wording.searchPlaceholder}"
      aria-label="${wording.searchPlaceholder}"
    />
    <button>${wording.search}</button>
  </form>`;

/** What stands above every page. */
export const header = (site: Site, face: PageFace): Fragment => {
  const today = new Date(site.now).toISOString();
  return html`<header class="head">
    <div class="head-top">
      <div class="wrap">
        <p class="today">${time(today, site.formats.longDay(today))}</p>
        ${editionSwitch(site, face)}
      </div>
    </div>
    <div class="head-name wrap">${wordmark(site)} ${searchForm(site, site.wording.search)}</div>
    ${menu(site, face)}
  </header>`;
};
