import type { Fragment, PageFace, Site } from './templates/site.ts';

/** What comes of asking for a page. */
export type Outcome =
  | {
      readonly kind: 'page';
      readonly status: 200 | 404 | 410;
      readonly site: Site;
      readonly face: PageFace;
      readonly main: Fragment;
      /** The article the page is about, whose view is to be counted; absent: it is about none. */
      readonly articleId?: string;
    }
  | { readonly kind: 'moved'; readonly to: string }
  /** The gateway did not say enough for a page. */
  | { readonly kind: 'away'; readonly status: 502 | 503 | 504 };
