import { createAddresses, graphUrlOf, stepOf } from './addresses.ts';
import { createFormats } from './formats.ts';
import { GatewayAway, isReadersFault, type Fault, type GatewayClient } from './gateway-client.ts';
import type { DeskFragment, FrameFragment, PageQuery, SideColumnFragment } from './operations.generated.ts';
import type { Outcome } from './outcome.ts';
import { articleFace } from './templates/article-face.ts';
import { articlePage } from './templates/article-page.ts';
import { frontPage } from './templates/front-page.ts';
import { authorPage, listFace, sectionPage, tagPage, type Place } from './templates/list-page.ts';
import { authorsPage, wordsPage } from './templates/plain-pages.ts';
import { resultsTitle, searchPage } from './templates/search-page.ts';
import type { Site } from './templates/site.ts';
import { wordingOf } from './wording/wording.ts';

/** What pages are found with. */
export interface PageFinderOptions {
  readonly client: GatewayClient;
  /** This site's own address, without a trailing slash. */
  readonly readerUrl: string;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

type Node = NonNullable<NonNullable<PageQuery['route']>['node']>;

/** What every operation for a page answers. */
interface Framed {
  readonly editions: readonly DeskFragment[];
  readonly edition: (FrameFragment & SideColumnFragment) | null;
}

/** Whether the read that should have given the field at `path` failed; a null without that means absent. */
const failedAt = (faults: readonly Fault[], ...path: readonly string[]): readonly Fault[] =>
  faults.filter((fault) => path.every((step, index) => fault.path[index] === step) || fault.path.length === 0);

const codeOf = ({ code }: Fault): string => code;

/** Finds the page of an address by asking the gateway: one request for whatever stands there and all around it. */
export const createPageFinder = ({ client, readerUrl, now }: PageFinderOptions) => {
  const siteOf = ({ editions, edition }: Framed): Site => {
    // The edition was asked for by a code the gateway gave.
    if (edition === null) throw new GatewayAway([]);
    return {
      edition,
      editions,
      addresses: createAddresses(editions, readerUrl),
      formats: createFormats(edition),
      wording: wordingOf(edition.language),
      now: now(),
    };
  };

  const words = (site: Site, status: 200 | 404 | 410, title: string, paragraphs: readonly string[]): Outcome => ({
    kind: 'page',
    status,
    site,
    face: { title, description: null, canonicalUrl: null, isUnlisted: status !== 200 },
    main: wordsPage(site, title, paragraphs),
  });
  const notFound = (site: Site): Outcome => words(site, 404, site.wording.notFoundTitle, [site.wording.notFoundText]);

  /** A page the graph has no content for, but a link to: this site writes it. */
  const ownPage = (site: Site, url: string): Outcome | null => {
    const link = site.edition.links.find((candidate) => candidate.url === url);
    if (link?.rel === 'about') return words(site, 200, link.label, [site.edition.tagline ?? '', ...site.wording.about]);
    if (link?.rel === 'contact') return words(site, 200, link.label, site.wording.contact);
    return null;
  };

  const show = (site: Site, node: Node, place: Place): Outcome => {
    const page = { kind: 'page', status: 200, site } as const;
    switch (node.type) {
      case 'Article':
        return { ...page, face: articleFace(site, node), main: articlePage(site, node), articleId: node.id };
      case 'Section':
        return { ...page, face: listFace(site, node, place), main: sectionPage(site, node, place) };
      case 'Tag':
        return { ...page, face: listFace(site, node, place), main: tagPage(site, node, place) };
      case 'Author':
        return { ...page, face: listFace(site, node, place), main: authorPage(site, node, place) };
      // The front page has an operation of its own.
      case 'Edition':
      default:
        return notFound(site);
    }
  };

  const missing = async ({ code }: DeskFragment): Promise<Outcome> =>
    notFound(siteOf((await client.ask('FramePage', { edition: code })).data));

  return {
    /** The front page of an edition. */
    async front({ code }: DeskFragment): Promise<Outcome> {
      const { data } = await client.ask('FrontPage', { edition: code });
      const { edition } = data;
      if (edition === null) return { kind: 'away', status: 502 };
      const site = siteOf({ editions: data.editions, edition });
      const counterparts = data.editions
        .filter((other) => other.code !== code)
        .map((other) => ({ url: other.url, edition: other }));
      return {
        kind: 'page',
        status: 200,
        site,
        face: {
          title: null,
          description: edition.tagline,
          canonicalUrl: site.addresses.publicOf(edition.url),
          counterparts,
        },
        main: frontPage(site, edition),
      };
    },

    /**
     * Whatever stands at `path` of an edition.
     *
     * @param path as the browser sent it, percent-encoded, without the edition's step; begins with `/`.
     */
    async at(desk: DeskFragment, path: string, after: string | null): Promise<Outcome> {
      const url = graphUrlOf(desk, path);
      const { data, faults } = await client.ask('Page', { edition: desk.code, url, after });
      const site = siteOf(data);
      const { route } = data;
      if (route === null) {
        const failures = failedAt(faults, 'route');
        if (failures.length > 0 && !isReadersFault(failures.map(codeOf))) return { kind: 'away', status: 502 };
        return ownPage(site, url) ?? notFound(site);
      }
      const to = site.addresses.hrefOf(route.url);
      switch (route.status) {
        case 'MOVED':
          return { kind: 'moved', to };
        case 'GONE':
          return words(site, 410, site.wording.goneTitle, [site.wording.goneText]);
        case 'FOUND':
        default: {
          if (route.node === null) return { kind: 'away', status: 502 };
          // Another spelling of the address: one page has one address.
          if (!isSamePath(to, `/${stepOf(desk)}${path}`)) return { kind: 'moved', to };
          if (isReadersFault(failedAt(faults, 'route', 'node', 'articles').map(codeOf))) return notFound(site);
          return show(site, route.node, { path: to, after });
        }
      }
    },

    /** What was found in an edition; without a question, the form to ask one. */
    async search(desk: DeskFragment, query: string, after: string | null): Promise<Outcome> {
      const page = { kind: 'page', status: 200 } as const;
      const face = { description: null, canonicalUrl: null, isUnlisted: true } as const;
      if (query === '') {
        const site = siteOf((await client.ask('FramePage', { edition: desk.code })).data);
        return { ...page, site, face: { ...face, title: site.wording.search }, main: searchPage(site, '', null) };
      }
      const { data, faults } = await client.ask('Search', { edition: desk.code, query, after });
      const site = siteOf(data);
      const found = data.edition?.search ?? null;
      if (found === null) return isReadersFault(faults.map(codeOf)) ? notFound(site) : { kind: 'away', status: 502 };
      const title = resultsTitle(site, query);
      return { ...page, site, face: { ...face, title }, main: searchPage(site, query, found) };
    },

    /** Everybody who signs in an edition. */
    async authors(desk: DeskFragment): Promise<Outcome> {
      const { data } = await client.ask('Authors', { edition: desk.code });
      const site = siteOf(data);
      const authors = data.edition?.authors ?? null;
      if (authors === null) return { kind: 'away', status: 502 };
      const canonicalUrl = `${readerUrl}/${stepOf(desk)}/authors`;
      const face = { title: site.wording.authors, description: null, canonicalUrl };
      return { kind: 'page', status: 200, site, face, main: authorsPage(site, authors) };
    },

    /** The page that says there is none at this address. */
    missing,
  };
};

/** Finds pages: see {@link createPageFinder}. */
export type PageFinder = ReturnType<typeof createPageFinder>;

const decoded = (path: string): string => {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
};

/** Whether two paths are one, however each is percent-encoded. */
const isSamePath = (one: string, other: string): boolean => decoded(one) === decoded(other);
