import type { IncomingMessage } from 'node:http';

/** Who sent a request, when the last `hops` senders are proxies that say whom they heard: as Fastify works it out. */
export const addressOf = (
  { headers, socket }: Pick<IncomingMessage, 'headers' | 'socket'>,
  hops: number,
): string | undefined => {
  const said = hops === 0 ? '' : String(headers['x-forwarded-for'] ?? '');
  const heard = said
    .split(',')
    .map((address) => address.trim())
    .filter((address) => address !== '')
    .toReversed();
  return [socket.remoteAddress, ...heard].at(Math.min(hops, heard.length));
};
