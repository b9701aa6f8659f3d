// `npm run demo:pictures`: renders the demo newsroom's drawings to WebP, each in the sizes a newsroom keeps. A drawing that
// has not changed since is left alone; `npm run demo:pictures -- --all` renders every one again.
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { Page } from 'playwright-core';
import { demoDrawingsFile, demoPicturesDirectory } from '../src/demo/demo-files.ts';
import { launchChromium } from '../test/support/chromium.ts';

interface Size {
  readonly width: number;
  readonly height: number;
}

const LANDSCAPES = [1280, 640, 320].map((width): Size => ({ width, height: (width * 9) / 16 }));
const SQUARES = [400, 160, 80].map((width): Size => ({ width, height: width }));
/** Of 1: above it flat colours look the same and files grow; below it letters and thin lines get a halo. */
const QUALITY = 0.82;

const pathOf = (name: string): string => join(demoPicturesDirectory, name);
const isSquare = (drawing: string): boolean => /viewBox="0 0 400 400"/.test(drawing);
const digestOf = (drawing: string): string => createHash('sha256').update(drawing).digest('hex');

const RENDER = `async ({ address, quality, width, height }) => {
  const image = new Image(width, height);
  image.src = address;
  await image.decode();
  const canvas = new OffscreenCanvas(width, height);
  canvas.getContext('2d', { alpha: false }).drawImage(image, 0, 0, width, height);
  const blob = await canvas.convertToBlob({ type: 'image/webp', quality });
  return new Uint8Array(await blob.arrayBuffer()).toBase64();
}`;

/** The WebP of `drawing`, rendered at its size rather than shrunk to it, so that edges and letters stay sharp. */
const render = async (page: Page, drawing: string, size: Size): Promise<Buffer> => {
  const address = `data:image/svg+xml;base64,${Buffer.from(drawing).toString('base64')}`;
  const base64 = await page.evaluate<string>(`(${RENDER})(${JSON.stringify({ address, quality: QUALITY, ...size })})`);
  return Buffer.from(base64, 'base64');
};

const isForced = process.argv.includes('--all');
const known = existsSync(demoDrawingsFile) ? readFileSync(demoDrawingsFile, 'utf8').split('\n') : [];
const files = readdirSync(demoPicturesDirectory).toSorted();
const drawings = files
  .filter((file) => file.endsWith('.svg'))
  .map((file) => {
    const drawing = readFileSync(pathOf(file), 'utf8');
    const sizes = (isSquare(drawing) ? SQUARES : LANDSCAPES).map((size) => ({
      ...size,
      file: `${basename(file, '.svg')}-${size.width}.webp`,
    }));
    return { drawing, sizes, note: `${digestOf(drawing)}  pictures/${file}` };
  });
const kept = new Set(drawings.flatMap(({ sizes }) => sizes.map(({ file }) => file)));

const browser = await launchChromium();
try {
  const page = await browser.newPage();
  for (const { drawing, sizes, note } of drawings) {
    if (!isForced && known.includes(note) && sizes.every(({ file }) => files.includes(file))) continue;
    for (const { file, ...size } of sizes) {
      const webp = await render(page, drawing, size);
      writeFileSync(pathOf(file), webp);
      console.log(`src/demo/pictures/${file}  ${size.width}×${size.height}  ${webp.length} bytes`);
    }
  }
} finally {
  await browser.close();
}
// Last: a command that was ended on the way renders what it left out the next time.
writeFileSync(demoDrawingsFile, drawings.map(({ note }) => `${note}\n`).join(''));
for (const file of files.filter((name) => name.endsWith('.webp') && !kept.has(name))) {
  rmSync(pathOf(file));
  console.log(`src/demo/pictures/${file}  removed: its drawing is gone`);
}
