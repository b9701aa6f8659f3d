import { pickLinkAddress } from './safe-address.ts';

/** Where an embedded thing comes from. */
export interface EmbedSource {
  /** E.g. `YouTube`; the host's name when unknown. */
  readonly provider: string;
  /** Absolute: the page to look at it on, where the provider's addresses tell. */
  readonly url: string;
}

interface Provider {
  readonly name: string;
  /** The registrable name; its subdomains count too. */
  readonly hosts: readonly string[];
  /** The public page of what `url` frames; undefined: `url` itself. */
  readonly pageOf?: (url: URL) => string | undefined;
}

const step = (url: URL, pattern: RegExp): string | undefined => pattern.exec(url.pathname)?.[1];

const youTubePage = (url: URL): string | undefined => {
  const list = url.searchParams.get('list');
  if (list !== null && /^\/(?:embed\/videoseries|playlist)/.test(url.pathname))
    return `https://www.youtube.com/playlist?list=${encodeURIComponent(list)}`;
  const id =
    url.hostname === 'youtu.be'
      ? step(url, /^\/([\w-]+)/)
      : (step(url, /^\/(?:embed|shorts|live|v)\/([\w-]+)/) ?? url.searchParams.get('v') ?? undefined);
  return id === undefined ? undefined : `https://www.youtube.com/watch?v=${encodeURIComponent(id)}`;
};

const framedAddress = (url: URL, parameter: string, host: string): string | undefined => {
  const framed = URL.parse(url.searchParams.get(parameter) ?? '');
  return framed !== null && /^https?:$/.test(framed.protocol) && belongsTo(framed, host) ? framed.href : undefined;
};

const xPage = (url: URL): string | undefined => {
  const status = /^\/(\w+)\/status\/(\d+)/.exec(url.pathname);
  const id = url.searchParams.get('id');
  if (status !== null) return `https://x.com/${status[1]}/status/${status[2]}`;
  return id !== null && /^\d+$/.test(id) ? `https://x.com/i/status/${id}` : undefined;
};

const page = (pattern: RegExp, address: string) => (url: URL) => {
  const id = step(url, pattern);
  return id === undefined ? undefined : `${address}${id}`;
};

const PROVIDERS: readonly Provider[] = [
  { name: 'YouTube', hosts: ['youtube.com', 'youtu.be', 'youtube-nocookie.com'], pageOf: youTubePage },
  { name: 'Vimeo', hosts: ['vimeo.com'], pageOf: page(/^\/(?:video\/)?(\d+)/, 'https://vimeo.com/') },
  {
    name: 'Dailymotion',
    hosts: ['dailymotion.com', 'dai.ly'],
    pageOf: (url) => {
      const id = step(url, /^\/(?:embed\/)?video\/(\w+)/) ?? url.searchParams.get('video');
      return id === null ? undefined : `https://www.dailymotion.com/video/${encodeURIComponent(id)}`;
    },
  },
  { name: 'X', hosts: ['twitter.com', 'x.com'], pageOf: xPage },
  {
    name: 'Facebook',
    hosts: ['facebook.com', 'fb.watch'],
    pageOf: (url) => framedAddress(url, 'href', 'facebook.com'),
  },
  {
    name: 'Instagram',
    hosts: ['instagram.com'],
    pageOf: page(/^\/((?:p|reel|tv)\/[\w-]+)/, 'https://www.instagram.com/'),
  },
  { name: 'Threads', hosts: ['threads.net', 'threads.com'] },
  { name: 'TikTok', hosts: ['tiktok.com'], pageOf: page(/^\/(@[\w.-]+\/video\/\d+)/, 'https://www.tiktok.com/') },
  {
    name: 'Spotify',
    hosts: ['spotify.com'],
    pageOf: page(/^\/embed(?:-podcast)?\/(\w+\/\w+)/, 'https://open.spotify.com/'),
  },
  { name: 'SoundCloud', hosts: ['soundcloud.com'], pageOf: (url) => framedAddress(url, 'url', 'soundcloud.com') },
  { name: 'Telegram', hosts: ['t.me', 'telegram.org'], pageOf: page(/^\/(\w+\/\d+)/, 'https://t.me/') },
  { name: 'Reddit', hosts: ['reddit.com', 'redditmedia.com'] },
  {
    name: 'Datawrapper',
    hosts: ['datawrapper.dwcdn.net', 'datawrapper.de'],
    pageOf: page(/^\/(\w+)/, 'https://datawrapper.dwcdn.net/'),
  },
  {
    name: 'Flourish',
    hosts: ['flo.uri.sh', 'flourish.studio'],
    pageOf: page(/^\/((?:visualisation|story)\/\d+)/, 'https://public.flourish.studio/'),
  },
  { name: 'Infogram', hosts: ['infogram.com'] },
  { name: 'DocumentCloud', hosts: ['documentcloud.org'] },
  { name: 'Scribd', hosts: ['scribd.com'] },
  { name: 'Google Maps', hosts: ['google.com', 'maps.google.com'] },
  { name: 'OpenStreetMap', hosts: ['openstreetmap.org'] },
];

const belongsTo = ({ hostname }: URL, host: string): boolean => hostname === host || hostname.endsWith(`.${host}`);

const providerOf = (url: URL): Provider | undefined =>
  PROVIDERS.find(
    ({ name, hosts }) =>
      hosts.some((host) => belongsTo(url, host)) &&
      // Google frames more than maps.
      (name !== 'Google Maps' || url.pathname.startsWith('/maps')),
  );

/** Where the frame or link `raw` leads to; null when it is no http(s) address. `//host/…` is read as https. */
export const pickEmbedSource = (raw: string): EmbedSource | null => {
  const address = pickLinkAddress(raw.trim().replace(/^\/\//, 'https://'));
  const url = address === null ? null : URL.parse(address);
  if (address === null || url === null || !/^https?:$/.test(url.protocol)) return null;
  const provider = providerOf(url);
  if (provider === undefined) return { provider: url.hostname.replace(/^www\./, ''), url: address };
  return { provider: provider.name, url: provider.pageOf?.(url) ?? address.replace(/^http:/i, 'https:') };
};

/** Whether `raw` is an address of a provider known by name. */
export const isKnownProvider = (raw: string): boolean => {
  const url = URL.parse(raw);
  return url !== null && providerOf(url) !== undefined;
};
