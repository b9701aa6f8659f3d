import type { Instant } from '../clock.ts';
import type { ArticleId } from './ids.ts';
import type { Media } from './media.ts';

interface Block {
  /** Sanitised at ingest: no script, iframe, style or handler. */
  readonly html: string;
}

export interface Paragraph extends Block {
  readonly type: 'Paragraph';
  readonly text: string;
}

export interface Heading extends Block {
  readonly type: 'Heading';
  /** 2 to 6. */
  readonly level: number;
  readonly text: string;
  /** Fragment identifier, unique in the body. */
  readonly anchor: string;
}

export interface Quote extends Block {
  readonly type: 'Quote';
  readonly text: string;
  readonly attribution: string | null;
}

export interface ListItem {
  readonly html: string;
  readonly text: string;
}

export interface ListBlock extends Block {
  readonly type: 'ListBlock';
  readonly ordered: boolean;
  readonly items: readonly ListItem[];
}

export interface Figure extends Block {
  readonly type: 'Figure';
  readonly media: Media | null;
}

export interface ReadMore extends Block {
  readonly type: 'ReadMore';
  /** Without "Read more:". */
  readonly label: string;
  /** Absolute, or a path under the edition's address that begins with `/`. */
  readonly url: string;
}

export interface Embed extends Block {
  readonly type: 'Embed';
  /** Who serves it, e.g. `YouTube`; a host name when unknown. */
  readonly provider: string;
  readonly url: string;
  readonly title: string | null;
}

/** What the importer could not name: a table, a form of the desk's own. */
export interface HtmlBlock extends Block {
  readonly type: 'HtmlBlock';
  readonly text: string;
}

export type BodyBlock = Paragraph | Heading | Quote | ListBlock | Figure | ReadMore | Embed | HtmlBlock;

/** An article's body, loaded apart from its row: it is nine tenths of the bytes. */
export interface ArticleBody {
  readonly id: ArticleId;
  readonly blocks: readonly BodyBlock[];
  /** As of `Article`. */
  readonly lookAgainAt?: Instant;
}
