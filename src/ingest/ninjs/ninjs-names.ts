import type { ArticleInput } from '../document.ts';
import type { JsonField } from '../foreign/json-item.ts';
import { namedOf, type ForeignName } from '../foreign/sort-names.ts';
import { addressOf } from '../foreign/pictures.ts';

/** Where subjects and what is spoken of stand, those that sections are told by first; ninjs 1 has the singular. */
const NAMED = ['subjects', 'subject', 'people', 'person', 'organisations', 'organisation', 'places', 'place'] as const;
const ALSO_NAMED = ['objects', 'object', 'events', 'event'] as const;

/** Relations that say who made it. */
const IS_AUTHOR = /(?:^|[:/#])(?:author|byline|by|creator|writer|reporter|columnist|photographer)$/i;

const lastStepOf = (uri: string): string => uri.slice(Math.max(uri.lastIndexOf('/'), uri.lastIndexOf(':')) + 1);

const isAuthor = (one: JsonField): boolean =>
  [one.get('rel'), one.get('role')].some((field) => IS_AUTHOR.test(field.text()?.trim() ?? ''));

const membersOf = (item: JsonField, keys: readonly string[]): readonly JsonField[] =>
  keys.flatMap((key) => {
    const field = item.get(key);
    // One event stands there by itself, without a list around it.
    return typeof field.get('name').value === 'string' ? [field] : field.members();
  });

/** Of things and events the relation decides: a file's name or a week of the calendar is no tag. */
const isSpokenOf = (one: JsonField): boolean =>
  /^(?:|.*[:/#])(?:about|mentions)$|^$/i.test(one.get('rel').text()?.trim() ?? '');

/** What the item is about, in its order: subjects, people, organisations, places, things and events with a name. */
export const readNames = (item: JsonField): readonly ForeignName[] =>
  [...membersOf(item, NAMED), ...membersOf(item, ALSO_NAMED).filter(isSpokenOf)]
    .filter((one) => !isAuthor(one))
    .flatMap((one) => {
      const name = one.get('name');
      if (name.text() === undefined) return [];
      const codes = [one.get('literal').text(), one.get('uri').text(), one.get('code').text()];
      return [
        {
          name: name.text() ?? '',
          codes: codes.flatMap((code) => (code === undefined ? [] : [lastStepOf(code)])),
          note: (target: 'section' | 'tag') => name.note(target),
        },
      ];
    });

const MAX_AUTHORS = 50;

/** People and sources that are named as authors. */
export const takeAuthors = (item: JsonField): NonNullable<ArticleInput['authors']> =>
  membersOf(item, ['people', 'person', 'infoSources', 'infoSource'])
    .filter(isAuthor)
    .flatMap((one) => {
      const author = namedOf(one.get('name').text() ?? '');
      return author === undefined ? [] : [{ one, author }];
    })
    .slice(0, MAX_AUTHORS)
    .map(({ one, author }) => {
      one.get('name').take('authors');
      for (const field of [one.get('rel'), one.get('role')]) field.take('who is an author');
      return author;
    });

const MAX_SOURCES = 20;
const MAX_NAME_LETTERS = 200;

/** Whom it comes from, but authors: agencies, unless it is told otherwise. */
export const takeSources = (item: JsonField): NonNullable<ArticleInput['sources']> =>
  membersOf(item, ['infoSources', 'infoSource'])
    .filter(
      (one) => !isAuthor(one) && (one.get('name').text()?.trim().length ?? MAX_NAME_LETTERS + 1) <= MAX_NAME_LETTERS,
    )
    .slice(0, MAX_SOURCES)
    .map((one) => {
      const url = addressOf(one.get('uri').text() ?? '');
      if (url !== undefined) one.get('uri').note('sources');
      return { name: one.get('name').take('sources') ?? '', kind: 'AGENCY', url };
    });

const KINDS: Readonly<Record<string, NonNullable<ArticleInput['kind']>>> = {
  opinion: 'OPINION',
  comment: 'OPINION',
  editorial: 'OPINION',
  column: 'OPINION',
  analysis: 'ANALYSIS',
  background: 'ANALYSIS',
  blog: 'BLOG',
  feature: 'FEATURE',
  profile: 'FEATURE',
};
const KINDS_BY_TYPE: Readonly<Record<string, NonNullable<ArticleInput['kind']>>> = {
  picture: 'GALLERY',
  graphic: 'INFOGRAPHIC',
  video: 'VIDEO',
};

const pickOwn = <Value>(table: Readonly<Record<string, Value>>, key: string): Value | undefined =>
  Object.hasOwn(table, key) ? table[key] : undefined;

/** What kind of article it is: by its type where that is a medium, else by a genre we have a kind for, else news. */
export const takeKind = (item: JsonField): NonNullable<ArticleInput['kind']> => {
  const type = item.get('type').take('kind')?.trim().toLowerCase() ?? 'text';
  const byType = pickOwn(KINDS_BY_TYPE, type);
  if (byType !== undefined) return byType;
  for (const genre of membersOf(item, ['genres', 'genre']))
    for (const field of [genre.get('name'), genre.get('uri'), genre.get('literal'), genre.get('code')]) {
      const kind = pickOwn(KINDS, lastStepOf(field.text()?.trim().toLowerCase() ?? ''));
      if (kind === undefined) continue;
      field.note('kind');
      return kind;
    }
  return 'NEWS';
};
