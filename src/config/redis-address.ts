import { z } from 'zod';

const SHAPE = /^(rediss?):\/\/(?:([^/@?#]*)@)?([^/@?#]+?)(?:\/(\d{1,4})?)?$/;
const DEFAULT_PORT = 6379;

const parseNode = (text: string): { readonly host: string; readonly port: number } | undefined => {
  // Of an address without a port some protocol's own would be hidden: this one has none.
  const url = URL.parse(`redis://${text.trim()}`);
  if (url === null || url.hostname === '' || url.pathname !== '') return undefined;
  return {
    host: url.hostname.replace(/^\[|\]$/g, ''),
    port: url.port === '' ? DEFAULT_PORT : Number(url.port),
  };
};

const parseSecret = (text: string): string | undefined => {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
};

/** The server or, after commas, the servers of a cluster that `text` names; undefined: it names none. */
export const parseRedisAddress = (text: string) => {
  const match = SHAPE.exec(text);
  if (match === null) return undefined;
  const [, scheme, credentials = '', hosts = '', database = '0'] = match;
  const nodes = hosts.split(',').map(parseNode);
  const [username, password] = credentials.includes(':')
    ? [credentials.slice(0, credentials.indexOf(':')), credentials.slice(credentials.indexOf(':') + 1)]
    : [credentials, ''];
  const secrets = { username: parseSecret(username), password: parseSecret(password) };
  if (nodes.includes(undefined) || secrets.username === undefined || secrets.password === undefined) return undefined;
  // A cluster has no other.
  if (nodes.length > 1 && Number(database) !== 0) return undefined;
  return {
    nodes: nodes.filter((node) => node !== undefined),
    ...(secrets.username === '' ? {} : { username: secrets.username }),
    ...(secrets.password === '' ? {} : { password: secrets.password }),
    database: Number(database),
    isTls: scheme === 'rediss',
  };
};

/** A Redis by URL. What is wrong with it is said without a word of it: a password may stand in it. */
export const redisAddress = z.string().transform((text, context) => {
  const address = parseRedisAddress(text);
  if (address !== undefined) return address;
  context.addIssue(
    'must be a URL such as redis://user:password@host:6379/0, rediss:// for TLS; further hosts of a cluster after commas, without a database',
  );
  return z.NEVER;
});
