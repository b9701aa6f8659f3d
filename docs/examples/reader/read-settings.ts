/** What the command is told by its environment. */
export interface Settings {
  /** The gateway to ask, without a trailing slash; null: one of its own. */
  readonly gatewayUrl: string | null;
  /** The environment of a gateway of its own. */
  readonly gatewayVariables: Readonly<NodeJS.ProcessEnv>;
  /** 0: any port that is free. */
  readonly readerPort: number;
  /** Where the world finds the site, without a trailing slash; null: on this machine. */
  readonly readerUrl: string | null;
}

/** The environment says something that cannot be meant. */
export class SettingsError extends Error {
  override readonly name = 'SettingsError';
}

const OWN_NAMES = new Set(['GATEWAY_URL', 'GATEWAY_PORT', 'READER_PORT', 'READER_URL']);

/** `text` as a web address; null: it is none. */
const webAddressOf = (text: string): URL | null => {
  const url = URL.parse(text);
  const isPlain = url !== null && url.search === '' && url.hash === '' && url.username === '' && url.password === '';
  return isPlain && /^https?:$/.test(url.protocol) ? url : null;
};

/**
 * Reads what `start.ts` is told; an empty variable counts as absent.
 *
 * @throws {SettingsError} naming every variable that is wrong, a line each.
 */
export const readSettings = (environment: Readonly<NodeJS.ProcessEnv>): Settings => {
  const wrong: string[] = [];
  const textOf = (name: string): string | null => environment[name]?.trim() || null;
  const portOf = (name: string, otherwise: number): number => {
    const text = textOf(name);
    if (text === null) return otherwise;
    if (!/^\d{1,5}$/.test(text) || Number(text) > 65_535) wrong.push(`${name} is no port from 0 to 65535: ${text}`);
    return Number(text);
  };
  const addressOf = (name: string): URL | null => {
    const text = textOf(name);
    const url = text === null ? null : webAddressOf(text);
    // Not shown: people put passwords into addresses.
    if (text !== null && url === null) wrong.push(`${name} is no address like https://news.example`);
    return url;
  };

  const gateway = addressOf('GATEWAY_URL');
  // What a gateway calls PORT is obeyed too, for whoever has it set.
  const gatewayPort = portOf(textOf('GATEWAY_PORT') === null ? 'PORT' : 'GATEWAY_PORT', 4000);
  const readerPort = portOf('READER_PORT', 4001);
  const site = addressOf('READER_URL');
  if (site !== null && site.pathname !== '/')
    wrong.push('READER_URL has a path: the site stands at the root of its host');
  if (wrong.length > 0) throw new SettingsError(wrong.join('\n'));

  const others = Object.entries(environment).filter(([name]) => !OWN_NAMES.has(name));
  return {
    gatewayUrl: gateway === null ? null : gateway.href.replace(/\/+$/, ''),
    gatewayVariables: { LOG_LEVEL: 'warn', TRUST_PROXY: '1', ...Object.fromEntries(others), PORT: String(gatewayPort) },
    readerPort,
    readerUrl: site?.origin ?? null,
  };
};
