// `npm run reader:screenshots`: renews the pictures of the example reader, one article page and one front page per edition.
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pickFreePort } from '../docs/examples/reader/pick-free-port.ts';
import { createReader } from '../docs/examples/reader/reader.ts';
import { serve } from '../docs/examples/reader/serve.ts';
import { spawnGateway } from '../docs/examples/reader/spawn-gateway.ts';
import { launchChromium } from '../test/support/chromium.ts';

const FOLDER = join(import.meta.dirname, '../docs/examples/reader/screenshots');
const WIDTH = 1280;
/** Two windows and a bit: what a first look and one scroll show. */
const HEIGHT = 1560;

/** The story every desk tells, with everything a page can show. */
const PAGES = {
  'front-page-en': '/en',
  'front-page-ar': '/ar',
  'front-page-es': '/es',
  'article-page-en': '/en/news/politics/grain-corridor-talks-resume',
  'article-page-ar': `/ar/${encodeURI('أخبار/سياسة/استئناف-محادثات-ممر-الحبوب')}`,
  'article-page-es': '/es/noticias/politica/negociaciones-corredor-de-granos',
};

const dataDirectory = mkdtempSync(join(tmpdir(), 'masthead-screenshots-'));
const { PATH, HOME } = process.env;
const gateway = spawnGateway({ PATH, HOME, PORT: '0', LOG_LEVEL: 'warn', DATA_DIR: dataDirectory });
const port = await pickFreePort();
const url = `http://localhost:${port}`;
const site = await serve(createReader({ gatewayUrl: await gateway.url, readerUrl: url }), port);
const browser = await launchChromium();
try {
  mkdirSync(FOLDER, { recursive: true });
  const page = await browser.newPage({ viewport: { width: WIDTH, height: HEIGHT }, colorScheme: 'light' });
  for (const [name, path] of Object.entries(PAGES)) {
    await page.goto(url + path, { waitUntil: 'networkidle' });
    await page.screenshot({ path: join(FOLDER, `${name}.png`) });
    console.log(`docs/examples/reader/screenshots/${name}.png`);
  }
} finally {
  await browser.close();
  await site.close();
  await gateway.stop();
  rmSync(dataDirectory, { recursive: true, force: true });
}
