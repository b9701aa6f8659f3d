import type { FrontPageQuery } from './generated/graphql.ts';

type Edition = NonNullable<FrontPageQuery['edition']>;
type Card = NonNullable<Edition['trending']>[number];

/** When it was published, as readers of the edition write it, in the zone of its desk. */
const timeOf = ({ publishedAt }: Card, { locale, timeZone }: Edition): string =>
  new Intl.DateTimeFormat(locale, { timeZone, dateStyle: 'medium', timeStyle: 'short' }).format(new Date(publishedAt));

/** A word before the headline. Kinds may be added to the graph: those we do not know get none. */
const labelOf = ({ kind, breaking }: Card): string => {
  if (breaking) return '[!] ';
  switch (kind) {
    case 'VIDEO':
      return '[▶] ';
    case 'LIVE_BLOG':
      return '[●] ';
    default:
      return '';
  }
};

const writeList = (title: string, cards: readonly Card[] | null | undefined, edition: Edition): readonly string[] => {
  // A list that could not be read is null; the rest of the page is there all the same.
  const lines = cards?.map((card) => `  ${labelOf(card)}${card.headline} (${timeOf(card, edition)})`) ?? ['  –'];
  return ['', title, ...lines];
};

/** An edition's front page as lines of text: latest, each section with its newest, and what is trending. */
export const writeFrontPage = (edition: Edition): readonly string[] => [
  edition.name,
  ...writeList('—', edition.articles?.nodes, edition),
  ...(edition.sections ?? []).flatMap((section) => writeList(section.name, section.articles?.nodes, edition)),
  ...writeList('↗', edition.trending, edition),
];
