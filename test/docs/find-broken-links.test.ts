import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { PROJECT_ROOT } from '../support/shared.ts';
import { anchorsOf, findBrokenLinks } from './find-broken-links.ts';

const pages = [
  'README.md',
  'CHANGELOG.md',
  ...readdirSync(join(PROJECT_ROOT, 'docs'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.md'))
    .map((name) => join('docs', name)),
];

describe('findBrokenLinks', () => {
  it.each(pages)('finds none in %s', (name) => {
    expect(findBrokenLinks(join(PROJECT_ROOT, name))).toEqual([]);
  });

  it('finds what leads to no file and to no heading', () => {
    const folder = mkdtempSync(join(tmpdir(), 'links-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const file = join(folder, 'page.md');
    const right = ['page.md', '#two', 'page.md#a-heading-of-words', '.', 'https://elsewhere.example/x#y'];
    const broken = ['Page.md', 'none.md', '#three', 'page.md#A-heading-of-words', 'none.md#two', '.#two', '#code'];
    const links = [...right, ...broken].map((link) => `[a link](${link})`).join('\n');
    writeFileSync(
      file,
      `# A "heading" of \`words\`!\n## Two\n\`\`\`sh\n# code\n[no link](nowhere.md)\n\`\`\`\n${links}\n`,
    );
    expect(findBrokenLinks(file)).toEqual(broken);
  });
});

describe('anchorsOf', () => {
  it('tells headings of the same words apart, and keeps letters of every language', () => {
    expect([...anchorsOf('# One\n## One\n### [Año](x.md) & `a_b`\n## عنوان عربي\n')]).toEqual([
      'one',
      'one-1',
      'año--a_b',
      'عنوان-عربي',
    ]);
  });
});
