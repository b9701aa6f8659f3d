/** Somewhere an article can be passed on to. */
export interface SharePlace {
  readonly key: string;
  /** As it calls itself. */
  readonly name: string;
  /** The page on which a reader passes `url` on. */
  readonly addressOf: (url: string, headline: string) => string;
}

const withQuery = (address: string, query: Readonly<Record<string, string>>): string =>
  `${address}?${new URLSearchParams(query).toString()}`;

/** In the order in which they are offered. */
export const SHARE_PLACES: readonly SharePlace[] = [
  {
    key: 'whatsapp',
    name: 'WhatsApp',
    addressOf: (url, headline) => withQuery('https://api.whatsapp.com/send', { text: `${headline} ${url}` }),
  },
  {
    key: 'telegram',
    name: 'Telegram',
    addressOf: (url, text) => withQuery('https://t.me/share/url', { url, text }),
  },
  { key: 'x', name: 'X', addressOf: (url, text) => withQuery('https://x.com/intent/tweet', { url, text }) },
  {
    key: 'facebook',
    name: 'Facebook',
    addressOf: (url) => withQuery('https://www.facebook.com/sharer/sharer.php', { u: url }),
  },
];

/** The origins that forms of this site may lead to in the end. */
export const SHARE_ORIGINS: readonly string[] = SHARE_PLACES.map(({ addressOf }) => new URL(addressOf('', '')).origin);
