import { html } from 'hono/html';
import { wordmark } from './header.ts';
import type { Fragment, Site } from './site.ts';

const links = ({ addresses }: Site, entries: readonly { readonly label: string; readonly url: string | null }[]) =>
  entries.map(({ label, url }) =>
    url === null ? html`<li>${label}</li>` : html`<li><a href="${addresses.hrefOf(url)}">${label}</a></li>`,
  );

/** What stands below every page: the outlet in a line, the whole menu, and what the outlet says of itself. */
export const footer = (site: Site): Fragment => {
  const { edition, wording } = site;
  const entries = edition.navigation ?? [];
  const plain = entries.filter(({ children }) => children.length === 0);
  return html`<footer class="foot">
    <div class="wrap">
      <div class="foot-name">
        ${wordmark(site)} ${edition.tagline && html`<p class="tagline">${edition.tagline}</p>`}
      </div>
      <nav class="foot-menu" aria-label="${wording.sections}">
        ${entries
          .filter(({ children }) => children.length > 0)
          .map(
            (entry) =>
              html`<div>
                <p class="foot-title">${entry.label}</p>
                <ul>
                  ${links(site, entry.children)}
                </ul>
              </div>`,
          )}
        <div>
          <p class="foot-title">${wording.sections}</p>
          <ul>
            ${links(site, plain)}
          </ul>
        </div>
      </nav>
      <nav class="foot-links" aria-label="${edition.name}">
        <ul>
          ${links(site, edition.links)}
        </ul>
      </nav>
    </div>
  </footer>`;
};
