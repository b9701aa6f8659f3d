import { describe, expect, it } from 'vitest';
import { idOf } from '../../src/content/ids.ts';
import { publicView, type Viewpoint } from '../../src/content/listing.ts';
import { audienceOf, narrowToRights, type Plan } from '../../src/content/plan.ts';
import { visibilityOf } from '../../src/content/visibility.ts';
import { createArticle } from './create-article.ts';
import { createPlan } from './create-plan.ts';

const NOW = Date.parse('2026-11-23T12:00:00Z');
const politics = idOf.section('EN', 'news/politics');
const article = createArticle({
  edition: 'EN',
  kind: 'NEWS',
  sectionIds: [politics],
  publishedAt: NOW - 1000,
  wordCount: 12,
});
const rights = (fields: Partial<typeof article.rights>) => ({ ...article, rights: { ...article.rights, ...fields } });
const by = (plan: Partial<Plan>, sections?: Viewpoint['sections']): Viewpoint => ({
  now: NOW,
  plan: createPlan(plan),
  ...(sections === undefined ? {} : { sections }),
});

describe('visibilityOf, by plan', () => {
  const inPolitics = new Map([['EN', { tops: [politics], all: new Set([politics]) }]] as const);
  const elsewhere = new Map([['EN', { tops: [], all: new Set([idOf.section('EN', 'sport')]) }]] as const);

  it.each([
    ['whole', by({}), 'visible'],
    ['of its edition', by({ editions: ['EN', 'AR'] }), 'visible'],
    ['of another edition', by({ editions: ['AR'] }), 'forbidden'],
    ['of its kind', by({ kinds: ['NEWS'] }), 'visible'],
    ['of another kind', by({ kinds: ['VIDEO'] }), 'forbidden'],
    ['of its section', by({ sections: { EN: ['news'] } }, inPolitics), 'visible'],
    ['of another section', by({ sections: { EN: ['sport'] } }, elsewhere), 'forbidden'],
    ['of sections that nobody looked up', by({ sections: { EN: ['news'] } }), 'forbidden'],
    ['of sections of another edition', by({ sections: { AR: ['news'] } }), 'visible'],
    ['suspended', by({ syndication: 'NONE' }), 'forbidden'],
    ['of excerpts', by({ syndication: 'EXCERPT' }), 'visible'],
  ] as const)('a plan %s', (_name, view, visibility) => {
    expect(visibilityOf(article, view)).toBe(visibility);
  });

  it('shows what is embargoed to those who may have it, and to all at the instant', () => {
    const embargoed = rights({ embargoedUntil: NOW + 1 });
    const holder = by({ embargoed: true });
    expect([publicView(NOW), by({}), holder].map((view) => visibilityOf(embargoed, view))).toEqual([
      'pending',
      'pending',
      'visible',
    ]);
    expect([publicView(NOW + 1), { ...holder, now: NOW + 1 }].map((view) => visibilityOf(embargoed, view))).toEqual([
      'visible',
      'visible',
    ]);
    // An embargo is no date of publication: that binds everybody.
    expect(visibilityOf({ ...embargoed, publishedAt: NOW + 1 }, holder)).toBe('pending');
  });

  it('says of what is outside a plan not even that it is gone', () => {
    const withdrawn = { ...article, withdrawnAt: NOW - 1 };
    expect(visibilityOf(withdrawn, by({}))).toBe('gone');
    expect(visibilityOf(withdrawn, by({ kinds: ['VIDEO'] }))).toBe('forbidden');
  });

  it('shows nobody what nobody may have', () => {
    expect(visibilityOf(rights({ syndication: 'NONE' }), by({ syndication: 'FULL' }))).toBe('forbidden');
  });
});

describe('narrowToRights', () => {
  it.each([
    ['FULL', 'FULL', 'FULL'],
    ['FULL', 'EXCERPT', 'EXCERPT'],
    ['EXCERPT', 'FULL', 'FULL'],
    ['NONE', 'FULL', 'NONE'],
  ] as const)('of an article stored %s a plan of %s makes %s', (stored, held, expected) => {
    const seen = narrowToRights(rights({ syndication: stored }), by({ syndication: held }));
    expect(seen.rights.syndication).toBe(expected);
    expect(seen.wordCount).toBe(expected === 'FULL' ? article.wordCount : 0);
  });

  it('leaves everybody what is stored', () => {
    expect(narrowToRights(article, publicView(NOW))).toBe(article);
  });
});

describe('audienceOf', () => {
  const plan = createPlan({ editions: ['EN', 'AR'], sections: { EN: ['news', 'sport'] }, kinds: ['NEWS', 'VIDEO'] });

  it('is one for plans that say the same, in whatever order and with whatever budget', () => {
    const same = {
      ...plan,
      editions: ['AR', 'EN'] as const,
      sections: { EN: ['sport', 'news', 'news'] },
      kinds: ['VIDEO', 'NEWS'] as const,
      budget: { capacity: 5, refillPerMinute: 1 },
    };
    expect(audienceOf(same)).toBe(audienceOf(plan));
  });

  it.each<Partial<Plan>>([
    { editions: null },
    { editions: ['EN'] },
    { sections: null },
    { sections: { EN: ['news'] } },
    { sections: { AR: ['news', 'sport'] } },
    { kinds: null },
    { kinds: ['NEWS'] },
    { syndication: 'EXCERPT' },
    { embargoed: true },
  ])('is another once it lets see something else: %j', (change) => {
    expect(audienceOf({ ...plan, ...change })).not.toBe(audienceOf(plan));
  });
});
