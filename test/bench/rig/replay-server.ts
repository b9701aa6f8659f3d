/**
 * A bare `node:http` server that sends recorded answers, in turn, whatever it is asked:
 *
 *   PORT=4000 node test/bench/rig/replay-server.ts FILE [REDIS_URL]
 *
 * With a Redis every answer is one GET of its body.
 */
import { readFileSync } from 'node:fs';
import { createServer, type ServerResponse } from 'node:http';
import { Redis } from 'ioredis';
import type { Recorded } from './record.ts';

const [file = '', redisUrl] = process.argv.slice(2);
const replies = (JSON.parse(readFileSync(file, 'utf8')) as readonly Recorded[]).map(({ status, headers, body }) => ({
  status,
  headers: [...headers],
  body: Buffer.from(body, 'base64'),
}));
const redis = redisUrl === undefined ? undefined : new Redis(redisUrl, { enableAutoPipelining: true });
if (redis !== undefined) for (const [index, { body }] of replies.entries()) await redis.set(`bare:${index}`, body);

let place = 0;
const send = (response: ServerResponse): void => {
  place = (place + 1) % replies.length;
  const reply = replies[place];
  if (reply === undefined) throw new TypeError('There is nothing to send');
  const { status, headers, body } = reply;
  if (redis === undefined) {
    response.writeHead(status, headers);
    response.end(status === 304 ? undefined : body);
    return;
  }
  void redis.getBuffer(`bare:${place}`, (error, bytes) => {
    if (error instanceof Error) throw error;
    response.writeHead(status, headers);
    response.end(bytes);
  });
};

const server = createServer((request, response) => {
  if (request.method === 'GET') return send(response);
  // Nobody could answer a POST without having read it.
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => send(response));
});
// As ours, so that the headers Node adds are the same.
server.keepAliveTimeout = 72_000;
server.listen(Number(process.env['PORT']), '127.0.0.1');
