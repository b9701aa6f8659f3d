import type { Instant } from '../../clock.ts';
import { writeDate } from '../foreign/parse-date.ts';
import type { JsonField } from '../foreign/json-item.ts';
import { isUnreadable, languageOf } from '../foreign/pick-edition.ts';
import type { Draft, Placing } from '../foreign/placing.ts';
import { resolveLinks } from '../foreign/resolve-links.ts';
import { sortNames } from '../foreign/sort-names.ts';
import { LineError } from '../line-error.ts';
import { takeMedia } from './ninjs-media.ts';
import { readNames, takeAuthors, takeKind, takeSources } from './ninjs-names.ts';
import { takeRights } from './ninjs-rights.ts';
import { takeTranslationGroup } from './ninjs-translations.ts';
import { pickByRole, readTexts, takeBody, takeLine } from './ninjs-texts.ts';
import { takeDate, takeShortened } from './ninjs-values.ts';

/** The first of `keys` that is there: one thing has different names in the versions of the standard. */
const firstOf = (item: JsonField, ...keys: readonly string[]): JsonField =>
  keys.map((key) => item.get(key)).find((field) => field.text() !== undefined) ?? item.get(keys[0] ?? '');

const takeFirstDate = (item: JsonField, target: string, keys: readonly string[]): Instant | undefined => {
  for (const key of keys) {
    const instant = takeDate(item.get(key), target);
    if (instant !== undefined) return instant;
  }
  return undefined;
};

const refuseOthers = (item: JsonField): void => {
  const version = item.get('standard').get('version').take('which ninjs it is');
  if (version !== undefined && !/^v?[123](?:\.|$)/.test(version.trim()))
    throw new LineError(`ninjs ${version.slice(0, 20)} is not known: versions 1 to 3 are`);
  const isEvent = item.get('eventDetails').value !== undefined && item.get('bodies').value === undefined;
  const type = item.get('type').text()?.trim().toLowerCase() ?? (isEvent ? 'event' : 'text');
  if (type === 'event' || type === 'planning')
    throw new LineError(`type: ${type === 'event' ? 'an event' : 'a planning item'} is no article`);
};

/** Undefined: it names none, or none that is known where the edition is told otherwise. */
const takeLanguage = (item: JsonField, { edition }: Placing): string | undefined => {
  const field = item.get('language');
  const text = field.text();
  const language = text === undefined ? undefined : languageOf(text);
  if (language !== undefined) field.note('language');
  if (text !== undefined && edition === undefined && isUnreadable(text))
    throw new LineError(
      `language: "${text.slice(0, 40)}" is no tag of a language, e.g. en or ar-LB: say whose it is with --edition`,
    );
  return language;
};

const takeHeadline = (item: JsonField): string | undefined => {
  const headlines = readTexts(item, 'headlines', 'headline');
  const headline = pickByRole(headlines, ['main', 'headline', '', ...headlines.map(({ role }) => role)]);
  if (headline !== undefined) return takeLine(headline, 'headline');
  return firstOf(item, 'title', 'slugline').take('headline');
};

const takeStandfirst = (item: JsonField): string | undefined => {
  const descriptions = readTexts(item, 'descriptions', 'description');
  const roles = ['lead', 'standfirst', 'summary', 'abstract', 'main', 'text', '', 'richtext', 'caption'];
  const described = pickByRole(descriptions, roles);
  return described === undefined ? undefined : takeLine(described, 'standfirst', 2_000);
};

const BREAKING_MS = 2 * 60 * 60_000;

/** The highest urgency is breaking news, for two hours from this version on. */
const takeBreaking = (
  item: JsonField,
  at: Instant,
): { readonly breaking?: boolean; readonly breakingUntil?: string } => {
  const urgency = item.get('urgency');
  if (urgency.text()?.trim() !== '1') return {};
  urgency.note('breaking');
  return { breaking: true, breakingUntil: writeDate(at + BREAKING_MS) };
};

/**
 * The article that a ninjs item of version 1, 2 or 3 is, as `docs/import.md` tells it.
 *
 * @param id its `uri`, which has been taken.
 * @throws {LineError} when it is none, or lacks what an article cannot be without.
 */
export const mapNinjsItem = (item: JsonField, id: string, placing: Placing): Draft => {
  refuseOthers(item);
  const canonical = takeLanguage(item, placing);
  const edition = placing.editionFor(canonical);
  const headline = takeHeadline(item);
  if (headline === undefined) throw new LineError('headlines: none, and no title either');
  const created = takeFirstDate(item, 'publishedAt', ['firstCreated', 'versionCreated', 'contentCreated']);
  const changed = takeDate(item.get('versionCreated'), 'updatedAt') ?? created;
  if (created === undefined || changed === undefined)
    throw new LineError('versionCreated: missing, and no other date of it either');
  const rights = takeRights(item);
  const { lead, media, html } = takeMedia(item, {
    visibleFrom: Math.max(created, Date.parse(rights.embargoedUntil ?? '') || created),
    expiresAt: rights.expiresAt === undefined ? undefined : Date.parse(rights.expiresAt),
  });
  const body = takeBody(readTexts(item, 'bodies', 'body'));
  const { sections, tags } = sortNames(readNames(item), (names) => placing.sectionFor(edition, names));
  return {
    edition,
    id,
    slugWords: item.get('slugline').take('slug') ?? headline,
    sections,
    fields: {
      kind: takeKind(item),
      language: canonical,
      headline,
      standfirst: takeStandfirst(item),
      byline: takeShortened(firstOf(item, 'by', 'byline'), 'byline', 300),
      authors: takeAuthors(item),
      sources: takeSources(item),
      tags: [...tags],
      publishedAt: writeDate(created),
      updatedAt: writeDate(changed),
      lead,
      media: [...media],
      html: `${body === undefined ? '' : resolveLinks(body, /^https?:/i.test(id) ? id : undefined)}${html}`,
      rights,
      translationGroup: takeTranslationGroup(item),
      ...takeBreaking(item, changed),
    },
  };
};
