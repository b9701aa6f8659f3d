import type { TestApp } from '../../support/test-app.ts';

export interface FeedPart {
  /** As a client outside has it. */
  readonly url: string;
  readonly body: string;
}

type LinkHeader = string | number | readonly string[] | undefined;

/** The addresses in a `Link` header, by what they are. */
export const linksOf = (header: LinkHeader): Readonly<Record<string, string>> =>
  Object.fromEntries(
    [...String(header ?? '').matchAll(/<([^>]*)>; rel="(\w+)"/g)].map(([, url = '', rel = '']) => [rel, url]),
  );

/** Every part of the feed at `path`, by the links to the next one. */
export const walkFeed = async (app: TestApp, path: string): Promise<readonly FeedPart[]> => {
  const parts: FeedPart[] = [];
  let next: string | undefined = app.config.publicUrl + path;
  while (next !== undefined) {
    const url: string = next;
    const response = await app.server.inject({ url: url.slice(app.config.publicUrl.length) });
    if (response.statusCode !== 200) throw new Error(`${url}: ${response.statusCode} ${response.body}`);
    parts.push({ url, body: response.body });
    next = linksOf(response.headers.link)['next'];
  }
  return parts;
};
