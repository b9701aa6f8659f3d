import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { demoPicturesDirectory } from '../../src/demo/demo-files.ts';
import { findXmlFault } from './find-xml-fault.ts';

const pictures = readdirSync(demoPicturesDirectory).map((name) => ({
  name,
  text: readFileSync(join(demoPicturesDirectory, name), 'utf8'),
}));

describe('the demo pictures', () => {
  it('are about as many as a newsroom needs, each a drawing of its own', () => {
    expect(pictures.length).toBeGreaterThanOrEqual(20);
    expect(new Set(pictures.map(({ text }) => text)).size).toBe(pictures.length);
  });

  it.each(pictures)('$name is well-formed SVG of a size that articles name', ({ name, text }) => {
    expect(findXmlFault(text)).toBeNull();
    const isSmall = /^(portrait-|meridian-emblem)/.test(name);
    expect(text).toMatch(
      isSmall ? /^<svg [^>]*viewBox="0 0 400 400" width="400"/ : /^<svg [^>]*viewBox="0 0 1600 900" width="1600"/,
    );
  });

  it.each(pictures)('$name runs nothing and asks nobody for anything', ({ text }) => {
    expect(text).not.toMatch(/<(script|foreignObject|image|use|style|a)\b/i);
    expect(text).not.toMatch(/\son\w+=|href|@import|javascript:/i);
    expect(text.replace('xmlns="http://www.w3.org/2000/svg"', '')).not.toMatch(/https?:|\/\/|url\((?!#)/);
  });

  it('spell what they say in each language', () => {
    const saying = (name: string) => pictures.find((picture) => picture.name === `infographic-water-${name}.svg`)?.text;
    expect(saying('en')).toContain('Energy');
    expect(saying('ar')).toContain('الطاقة');
    expect(saying('es')).toContain('Energía');
  });
});

describe('findXmlFault', () => {
  it.each([
    ['<a><b></a></b>', 'crossed'],
    ['<a><b/>', 'open'],
    ['<a x=1/>', 'unquoted'],
    ['<a x="1" x="2"/>', 'repeated attribute'],
    ['<a>1 & 2</a>', 'bare ampersand'],
    ['<a>1 < 2</a>', 'bare less-than'],
    ['<a/><b/>', 'two roots'],
    ['', 'empty'],
  ])('sees what is wrong with %s: %s', (text) => {
    expect(findXmlFault(text)).toEqual(expect.any(String));
  });

  it('accepts a well-formed document', () => {
    expect(findXmlFault('<a x="1 &amp; 2"><b/>text &#233;<c y="1"></c></a>\n')).toBeNull();
  });
});
