import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchChromium, watch } from './chromium.ts';

/** A page that does everything a good page does not. */
const PAGE = `<!doctype html><link rel="icon" href="data:,"><title>rude</title>
<img src="/missing.png"><img src="http://stranger.example/pixel.png">
<script>
  console.warn('careful');
  new Worker('/worker.js');
  setTimeout(() => { throw new Error('nobody caught me'); });
</script><script>eval('1')</script>`;

let server: Server;
let browser: Browser;
let origin: string;

beforeAll(async () => {
  server = createServer((request, response) => {
    response.setHeader('content-security-policy', "default-src * data:; script-src 'self' 'unsafe-inline'");
    if (request.url === '/') response.setHeader('content-type', 'text/html').end(PAGE);
    else if (request.url === '/worker.js') {
      response.setHeader('content-type', 'text/javascript').end("console.error('from a worker')");
    } else response.writeHead(404).end();
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  browser = await launchChromium();
}, 60_000);

afterAll(async () => {
  await browser?.close();
  server?.close();
});

describe('watch', () => {
  it('hears every complaint of a page and its workers, and sees whom it asks', async () => {
    const context = await browser.newContext();
    const witness = watch(context, origin);
    const page = await context.newPage();

    await page.goto(origin, { waitUntil: 'networkidle' });

    // A worker and a timer speak when they come to it, however quiet the network is.
    for (const complaint of ['careful', 'from a worker', 'nobody caught me', 'Content Security Policy'])
      await expect.poll(() => witness.complaints.join('\n'), { timeout: 15_000 }).toContain(complaint);
    await expect.poll(() => witness.failures.join('\n'), { timeout: 15_000 }).toContain('ERR_NAME_NOT_RESOLVED');
    expect(witness.strangers).toEqual(['http://stranger.example/pixel.png']);
    expect(witness.failures).toEqual(
      expect.arrayContaining([`${origin}/missing.png: 404`, expect.stringContaining('ERR_NAME_NOT_RESOLVED')]),
    );
    await context.close();
  });
});
