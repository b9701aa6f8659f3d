import { html, raw } from 'hono/html';
import { dirOf } from './direction.ts';
import { footer } from './footer.ts';
import { header } from './header.ts';
import type { Counterpart, Fragment, PageFace, Site } from './site.ts';

/** A block of data for search engines. Written so that nothing in it can end the element it stands in. */
const dataBlock = (data: object): Fragment =>
  html`<script type="application/ld+json">
    ${raw(JSON.stringify(data).replaceAll('<', '\\u003c'))}
  </script>`;

/** Every language version, this one among them, and the first edition's for everybody else. */
const alternates = ({ addresses, edition, editions }: Site, { canonicalUrl, counterparts }: PageFace) => {
  const others = (counterparts ?? []).filter((counterpart): counterpart is Counterpart => counterpart !== null);
  if (canonicalUrl === null || others.length === 0) return null;
  const versions = editions.flatMap(({ code, language }) => {
    const other = others.find((candidate) => candidate.edition.code === code);
    if (code === edition.code) return [{ language, url: canonicalUrl }];
    return other === undefined ? [] : [{ language, url: addresses.publicOf(other.url) }];
  });
  return [...versions, { language: 'x-default', url: versions[0]?.url ?? canonicalUrl }].map(
    ({ language, url }) => html`<link rel="alternate" hreflang="${language}" href="${url}" />`,
  );
};

/** A language and where it is spoken so, e.g. `en_GB`. */
const placeOf = (locale: string): string => {
  const { language, region } = new Intl.Locale(locale);
  return region === undefined ? language : `${language}_${region}`;
};

const openGraph = ({ addresses, edition }: Site, face: PageFace): Fragment => {
  const { title, description, canonicalUrl, image, type = 'website' } = face;
  return html`
    <meta property="og:type" content="${type}" />
    <meta property="og:site_name" content="${edition.name}" />
    <meta property="og:locale" content="${placeOf(edition.locale)}" />
    <meta property="og:title" content="${title ?? edition.name}" />
    ${description && html`<meta property="og:description" content="${description}" />`}
    ${canonicalUrl && html`<meta property="og:url" content="${canonicalUrl}" />`}
    ${
      image &&
      html`<meta property="og:image" content="${addresses.publicOf(image.url)}" />
        ${image.alt && html`<meta property="og:image:alt" content="${image.alt}" />`}`
    }
    <meta name="twitter:card" content="${image ? 'summary_large_image' : 'summary'}" />
  `;
};

/** A whole page: `main` between what stands above and below every page of the edition. */
export const page = (site: Site, face: PageFace, main: Fragment, stylesheet: string): Fragment => {
  const { edition, wording } = site;
  const { title, description, canonicalUrl, isUnlisted = false, structuredData = [] } = face;
  return html`<!doctype html>
    <html lang="${edition.language}" dir="${dirOf(edition.direction)}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>${title === null ? edition.name : `${title} | ${edition.name}`}</title>
        ${description && html`<meta name="description" content="${description}" />`}
        ${isUnlisted ? html`<meta name="robots" content="noindex" />` : null}
        ${canonicalUrl && html`<link rel="canonical" href="${canonicalUrl}" />`} ${alternates(site, face)}
        ${openGraph(site, face)}
        <link rel="icon" href="/favicon.svg" type="image/svg+xml" />
        <link rel="stylesheet" href="${stylesheet}" />
        ${structuredData.map((data) => dataBlock(data))}
      </head>
      <body>
        <a class="skip" href="#content">${wording.skipToContent}</a>
        ${header(site, face)}
        <main id="content" tabindex="-1">${main}</main>
        ${footer(site)}
      </body>
    </html>`;
};
