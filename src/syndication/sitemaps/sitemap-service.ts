import { overtaken, REFILL_LIMIT } from '../../cache/overtaken.ts';
import { ANONYMOUS } from '../../content/caller.ts';
import type { Edition } from '../../content/edition.ts';
import type { Editions } from '../../content/editions.ts';
import type { Reading } from '../../loaders/reading.ts';
import type { KeptDocument, KeptDocuments } from '../kept-documents.ts';
import { loadNews } from './load-news.ts';
import { loadUrls, type UrlPage } from './load-urls.ts';
import { loadTotal, loadWindows } from './load-windows.ts';
import { parseSitemapRequest, sitemapUrl, type SitemapRequest } from './sitemap-request.ts';
import type { Window } from './window.ts';
import { writeNews } from './write-news.ts';
import { URLSET, writeIndex } from './write-urls.ts';

export type PartRequest = Extract<SitemapRequest, { of: 'window' }>;

export interface SitemapService {
  /** @throws {GatewayError} NOT_FOUND. */
  parse(path: string): SitemapRequest;
  /** Whether it is about to be answered out of memory. */
  isKept(request: Exclude<SitemapRequest, PartRequest>): boolean;
  /** An edition's sitemap, or its news: what is small enough to be kept in one piece. */
  answer(request: Exclude<SitemapRequest, PartRequest>): Promise<KeptDocument>;
  /**
   * A part, a page of addresses at a time: each is kept by itself, and checked in the tick in which it is given, so that
   * the whole is never held. The first piece says whether there is one.
   */
  write(request: PartRequest): AsyncGenerator<string>;
}

export interface SitemapServiceOptions {
  readonly documents: KeptDocuments;
  readonly editions: Editions;
}

const XML = 'application/xml; charset=utf-8';

/** What an edition's sitemap holds itself: ten reads, a megabyte. Where there is more, it names parts. */
const WHOLE_LIMIT = 1_000;
/** By the protocol of sitemaps; more than that only a single minute can hold. */
export const PART_LIMIT = 50_000;

const EVERYTHING: Window = { name: '', from: 0, to: 0 };

/** Sitemaps of what the public may see: search engines bring no key. */
export const createSitemapService = ({ documents, editions }: SitemapServiceOptions): SitemapService => {
  const keyOf = ({ of, edition }: SitemapRequest): readonly string[] => ['sitemap', of, edition.code];

  const makeWhole = async (edition: Edition, reading: Reading): Promise<string> => {
    const total = await loadTotal(edition, reading);
    if (total === null || total > WHOLE_LIMIT) {
      const windows = await loadWindows(edition, reading);
      return writeIndex(windows.map(({ name }) => sitemapUrl(reading.publicUrl, edition, name)));
    }
    const pages: string[] = [];
    let after: string | null = null;
    do {
      const page: UrlPage = await loadUrls({ edition, window: EVERYTHING, after }, reading);
      pages.push(page.urls);
      after = page.next;
    } while (after !== null);
    return URLSET.start + pages.join('') + URLSET.end;
  };

  /** One page of a part, out of the cache: asked again where a withdrawal overtook it. */
  const readPage = async (request: PartRequest, after: string | null): Promise<UrlPage> => {
    const { edition, window } = request;
    for (let attempt = 1; attempt <= REFILL_LIMIT; attempt += 1) {
      const { entry, isSendable } = await documents.through({
        parts: [...keyOf(request), window.name, after ?? ''],
        caller: ANONYMOUS,
        edition: edition.code,
        make: async (reading) => ({
          contentType: 'application/json',
          body: JSON.stringify(await loadUrls({ edition, window, after }, reading)),
        }),
      });
      if (isSendable()) return JSON.parse(entry.body.toString()) as UrlPage;
    }
    throw overtaken();
  };

  return {
    parse: (path) => parseSitemapRequest(path, editions),
    isKept: (request) => documents.isKept({ parts: keyOf(request), caller: ANONYMOUS }),
    answer: (request) =>
      documents.through({
        parts: keyOf(request),
        caller: ANONYMOUS,
        edition: request.edition.code,
        make: async (reading) => {
          const { of, edition } = request;
          reading.recorder.language(edition.language);
          const body =
            of === 'news' ? writeNews(await loadNews(edition, reading), reading) : await makeWhole(edition, reading);
          return { contentType: XML, body };
        },
      }),
    async *write(request) {
      let page = await readPage(request, null);
      yield URLSET.start + page.urls;
      for (let written = page.count; page.next !== null && written < PART_LIMIT; written += page.count) {
        page = await readPage(request, page.next);
        yield page.urls;
      }
      yield URLSET.end;
    },
  };
};
