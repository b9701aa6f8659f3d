import type { BodyBlock } from '../../../src/content/body.ts';
import type { EditionCode } from '../../../src/content/edition.ts';
import type { SyndicationRight } from '../../../src/content/entities.ts';
import type { ArticleId } from '../../../src/content/ids.ts';
import { articleId, type ArticleRows } from '../../support/content-rows.ts';

/** What is true of one article, in words of its desk. */
export interface Fact {
  readonly number: number;
  readonly edition: EditionCode;
  readonly sections: readonly string[];
  readonly kind: 'NEWS' | 'VIDEO';
  readonly stored: SyndicationRight;
  readonly time: 'plain' | 'released' | 'embargoed' | 'scheduled' | 'expired' | 'withdrawn';
}

export const WORLD_NOW = Date.UTC(2026, 10, 23, 12);
/** When the embargo on what is under one ends. */
export const LIFT = WORLD_NOW + 60_000;
const HOUR = 60 * 60_000;

export const EDITIONS: readonly EditionCode[] = ['EN', 'AR'];
export const PLACES = [['news/politics'], ['sport'], ['sport', 'news/world']] as const;
export const KINDS = ['NEWS', 'VIDEO'] as const;
export const RIGHTS = ['FULL', 'EXCERPT', 'NONE'] as const;
export const TIMES = ['plain', 'released', 'embargoed', 'scheduled', 'expired', 'withdrawn'] as const;

/** One article of every sort there is, in each edition. */
export const FACTS: readonly Fact[] = EDITIONS.flatMap((edition) =>
  PLACES.flatMap((sections) =>
    KINDS.flatMap((kind) =>
      RIGHTS.flatMap((stored) => TIMES.map((time) => ({ edition, sections, kind, stored, time }))),
    ),
  ),
).map((fact, number) => ({ ...fact, number }));

const PER_EDITION = FACTS.length / EDITIONS.length;

export const keyOf = ({ number }: Fact): string => `s${number}`;
export const idOfFact = (fact: Fact): ArticleId => articleId(keyOf(fact), fact.edition);
export const pathOf = (fact: Fact): string => `${fact.sections[0]}/${keyOf(fact)}`;
/** Its counterpart in the other edition. */
export const counterpartOf = ({ number }: Fact): Fact => FACTS[(number + PER_EDITION) % FACTS.length] as Fact;

/** Stands in head and excerpt; whoever may have the article may read it. */
export const headMark = ({ number }: Fact): string => `hd${number}x`;
/** Stands in the body alone, beyond what an excerpt shows. */
export const bodyMark = ({ number }: Fact): string => `bd${number}x`;

const PROSE = 'The harbour lay quiet under the morning fog and nobody hurried. '.repeat(10);

/** A text that stands in a block of every sort, each of which names it: none may be forgotten where a text is withheld. */
const blocksOf = (mark: string): readonly BodyBlock[] => [
  { type: 'Paragraph', html: `<p>${PROSE}</p>`, text: PROSE },
  {
    type: 'Paragraph',
    html: `<p>Behind it stands ${mark} and no more.</p>`,
    text: `Behind it stands ${mark} and no more.`,
  },
  { type: 'Heading', html: `<h2>About ${mark}</h2>`, text: `About ${mark}`, level: 2, anchor: 'about' },
  { type: 'Quote', html: `<blockquote>Said ${mark}</blockquote>`, text: `Said ${mark}`, attribution: mark },
  { type: 'ListBlock', html: `<ul><li>${mark}</li></ul>`, ordered: false, items: [{ html: mark, text: mark }] },
  { type: 'HtmlBlock', html: `<table><tr><td>${mark}</td></tr></table>`, text: mark },
];

/** The article of `fact` as rows. */
export const rowsOf = (fact: Fact): ArticleRows => {
  const { number, edition, sections, kind, stored, time } = fact;
  const body = blocksOf(bodyMark(fact));
  const publishedAt = time === 'scheduled' ? LIFT : WORLD_NOW - (number + 1) * 1_000;
  return {
    key: keyOf(fact),
    edition,
    sections,
    kind,
    headline: `Lighthouse ${headMark(fact)}`,
    standfirst: `Standfirst ${headMark(fact)}`,
    tags: ['harbour'],
    authors: ['rana'],
    syndication: stored,
    publishedAt,
    text: body.map((block) => ('text' in block ? block.text : '')).join('\n\n'),
    body,
    translationGroup: `group-${number % PER_EDITION}`,
    withdrawnAt: time === 'withdrawn' ? WORLD_NOW - HOUR : null,
    ...(time === 'embargoed' ? { embargoedUntil: LIFT } : {}),
    ...(time === 'released' ? { embargoedUntil: WORLD_NOW - 1 } : {}),
    ...(time === 'expired' ? { expiresAt: WORLD_NOW - 1 } : {}),
  };
};
