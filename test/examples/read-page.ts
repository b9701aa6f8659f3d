import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';

/** An element as a reader meets it. */
export interface Seen {
  /** As it is rendered, spaces made one. */
  readonly text: string;
  readonly isVisible: boolean;
}

const LOOK = `(selector) => [...document.querySelectorAll(selector)].map((element) => {
  const { width, height } = element.getBoundingClientRect();
  return {
    text: element.innerText.replace(/\\s+/g, ' ').trim(),
    isVisible: element.checkVisibility({ visibilityProperty: true, opacityProperty: true }) && width > 0 && height > 0,
  };
})`;

/** The elements at `selector`, in the order of the page. */
export const lookAt = (page: Page, selector: string): Promise<readonly Seen[]> =>
  page.evaluate<readonly Seen[]>(`(${LOOK})(${JSON.stringify(selector)})`);

/** The texts at `selector`, those a reader cannot see marked as such. */
export const textsOf = async (page: Page, selector: string): Promise<readonly string[]> =>
  (await lookAt(page, selector)).map(({ text, isVisible }) => (isVisible ? text : `(hidden) ${text}`));

const ORDER = `(selectors) => {
  const found = selectors.map((selector) => document.querySelector(selector));
  return selectors.filter((_, index) => {
    const [one, next] = [found[index], found[index + 1]];
    return index + 1 < found.length && !(one && next && one.compareDocumentPosition(next) & Node.DOCUMENT_POSITION_FOLLOWING);
  });
}`;

/** Those of `selectors` that are absent or do not stand before the one after them. */
export const outOfOrder = (page: Page, selectors: readonly string[]): Promise<readonly string[]> =>
  page.evaluate<readonly string[]>(`(${ORDER})(${JSON.stringify(selectors)})`);

const STICKING_OUT = `(() => {
  const { scrollWidth, clientWidth } = document.documentElement;
  if (scrollWidth <= clientWidth) return [];
  return [...document.body.querySelectorAll('*')]
    .filter((element) => {
      const { left, right } = element.getBoundingClientRect();
      // What lies in a row that scrolls by itself widens nothing.
      return (left < -1 || right > clientWidth + 1) && !element.closest('.menu, .submenu, .html-block');
    })
    .map((element) => clientWidth + ': ' + (element.className || element.tagName));
})()`;

/** What sticks out of the page on a phone, a tablet and a desk; empty: nothing has to be moved sideways. */
export const overflowOf = async (page: Page): Promise<readonly string[]> => {
  const found: string[] = [];
  for (const width of [360, 768, 1280]) {
    await page.setViewportSize({ width, height: 900 });
    found.push(...(await page.evaluate<readonly string[]>(STICKING_OUT)));
  }
  return found;
};

const ALL_PICTURES = `Promise.all([...document.images].map((image) => {
  image.loading = 'eager';
  return image.complete || new Promise((resolve) => { image.onload = image.onerror = resolve; });
}))`;

/** Opens the page at `url` and waits for its pictures, those too that a browser fetches when they come near. */
export const visit = async (page: Page, url: string): Promise<void> => {
  await page.goto(url);
  // Not by polling: that evaluates text, which the page's policy forbids.
  await page.evaluate(ALL_PICTURES);
};

/** Pictures that did not load. */
export const brokenPicturesOf = (page: Page): Promise<readonly string[]> =>
  page.evaluate<readonly string[]>(
    `[...document.images].filter((image) => image.naturalWidth === 0).map((image) => image.src)`,
  );

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** What axe-core has against the page: contrast, names, order of headings, landmarks and the like. */
export const faultsOf = async (page: Page): Promise<readonly string[]> => {
  await page.evaluate(AXE);
  return page.evaluate<readonly string[]>(
    `axe.run().then(({ violations }) => violations.flatMap(({ id, nodes }) =>
      nodes.map(({ target, failureSummary }) => id + ': ' + target + ' ' + failureSummary)))`,
  );
};

/** Which way the page runs, and on which side of its main column the other one lies. */
export const layoutOf = (page: Page): Promise<{ readonly direction: string; readonly side: 'left' | 'right' }> =>
  page.evaluate(`({
    direction: getComputedStyle(document.body).direction,
    side: document.querySelector('.side').getBoundingClientRect().x <
      document.querySelector('.column-main').getBoundingClientRect().x ? 'left' : 'right',
  })`);

/** What stands around every page, as a reader sees it. */
export const readFrame = async (page: Page) => {
  const parts = {
    editions: '.editions a',
    edition: '.editions [aria-current]',
    name: '.head .wordmark',
    menu: '.menu li',
    onAir: '.menu .live.is-on-air',
    submenu: '.submenu li',
    trendingTitle: '#trending',
    mostReadTitle: '#most-read',
    trending: '.trending .card-headline',
    tagline: '.foot .tagline',
    links: '.foot-links li',
  } as const;
  const texts = await Promise.all(
    Object.entries(parts).map(async ([name, selector]) => [name, await textsOf(page, selector)] as const),
  );
  const sideCards = await Promise.all(
    ['.card-side', '.card-side img', '.card-side time', '.card-side .card-section', '.card-side .credit'].map(
      async (selector) => (await lookAt(page, selector)).filter(({ isVisible }) => isVisible).length,
    ),
  );
  return { ...(Object.fromEntries(texts) as Record<keyof typeof parts, readonly string[]>), sideCards };
};

/** Spaces of a text made one, as a browser renders them. */
export const plain = (text: string | null | undefined): string => (text ?? '').replaceAll(/\s+/g, ' ').trim();
