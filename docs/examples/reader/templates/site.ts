import type { html } from 'hono/html';
import type { Addresses } from '../addresses.ts';
import type { Formats } from '../formats.ts';
import type { DeskFragment, FrameFragment, SideColumnFragment } from '../operations.generated.ts';
import type { Wording } from '../wording/wording.ts';

/** A piece of a page. Made by `html`, which escapes what is put into it unless that is a fragment itself. */
export type Fragment = ReturnType<typeof html>;

/** What every template may need: the edition a page belongs to, and how things are written there. */
export interface Site {
  readonly edition: FrameFragment & SideColumnFragment;
  /** All of them, this one too, in display order. */
  readonly editions: readonly DeskFragment[];
  readonly addresses: Addresses;
  readonly formats: Formats;
  readonly wording: Wording;
  /** Milliseconds since 1970. */
  readonly now: number;
}

/** A page's counterpart in another edition, by its address in the graph. */
export interface Counterpart {
  readonly url: string;
  readonly edition: Pick<DeskFragment, 'code'>;
}

/** What a page says of itself, in its head and to the switch between editions. */
export interface PageFace {
  /** Without the outlet's name. Null: the front page, which bears that name alone. */
  readonly title: string | null;
  readonly description: string | null;
  /** The address to keep, absolute. Null: none, as of a page that says something is missing. */
  readonly canonicalUrl: string | null;
  readonly isUnlisted?: boolean;
  readonly type?: 'article' | 'website';
  readonly image?: { readonly url: string; readonly alt: string | null } | null;
  readonly counterparts?: readonly (Counterpart | null)[] | null;
  /** Path of the section the page lies in, to mark in the menu. */
  readonly sectionPath?: string | null;
  /** Schema.org objects for search engines. */
  readonly structuredData?: readonly object[];
}
