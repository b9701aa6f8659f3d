import { z } from 'zod';
import { EDITION_CODES, parseEditionCode, type Edition, type NavigationEntry } from '../content/edition.ts';
import { absoluteUrl } from '../content/addresses.ts';
import { directionOf } from '../content/language.ts';
import { normalisePath, parseAddress } from '../content/slug.ts';
import { spellingKey } from '../content/spelling.ts';
import { baseUrl } from './base-url.ts';

const text = z.string().trim().min(1).max(500);
/** Absolute, or begins with `/` and is then under the edition's own address. */
const address = z
  .string()
  .refine(
    (value) => (value.startsWith('/') ? !value.startsWith('//') : /^https?:$/.test(URL.parse(value)?.protocol ?? '')),
    'must be an http(s) URL or begin with one slash',
  );
const isLanguage = (tag: string): boolean => {
  try {
    return Intl.getCanonicalLocales(tag).length === 1;
  } catch {
    return false;
  }
};
const isTimeZone = (zone: string): boolean => {
  try {
    Intl.DateTimeFormat('en', { timeZone: zone });
    return true;
  } catch {
    return false;
  }
};

/** An entry leads to a section or a url, or is a heading over its children. */
const navigationEntry = z.strictObject({
  label: text,
  section: z.string().transform(normalisePath).optional(),
  url: address.optional(),
  live: z.boolean().default(false),
  get children() {
    return z.array(navigationEntry).default([]);
  },
});
type NavigationSetting = z.output<typeof navigationEntry>;

const edition = z.strictObject({
  code: z
    .string()
    .refine((code) => parseEditionCode(code) !== undefined, `must be one of ${EDITION_CODES.join(', ')}`)
    .transform((code) => parseEditionCode(code) ?? EDITION_CODES[0]),
  name: text,
  tagline: text.optional(),
  language: z.string().refine(isLanguage, 'must be a BCP 47 language tag such as ar or es-MX'),
  direction: z.enum(['LTR', 'RTL']).optional(),
  timeZone: z.string().refine(isTimeZone, 'must be an IANA time zone such as Asia/Beirut'),
  url: baseUrl.optional(),
  homeLabel: text.optional().describe('the first step of breadcrumbs; default: the name'),
  links: z.array(z.strictObject({ label: text, url: address, rel: text.optional() })).default([]),
  navigation: z.array(navigationEntry).default([]),
});

const areDistinct = (values: readonly string[]): boolean => new Set(values).size === values.length;
/** The configuration file: the editions this gateway serves, in display order. */
export const newsroomSchema = z.strictObject({
  editions: z
    .array(edition)
    .min(1)
    .refine((list) => areDistinct(list.map(({ code }) => code)), 'an edition stands here twice'),
});

export type NewsroomSettings = z.output<typeof newsroomSchema>;

/** Whether no two editions stand at one address, defaults included: a URL must say whose it is. */
export const haveOwnAddresses = (editions: readonly Edition[]): boolean =>
  areDistinct(editions.map(({ url }) => spellingKey(JSON.stringify(parseAddress(url)))));

/** The editions of `settings` with every default filled in and every address absolute. */
export const mapEditions = (settings: NewsroomSettings, publicUrl: string): readonly Edition[] =>
  settings.editions.map((setting) => {
    const url = setting.url ?? `${publicUrl}/${setting.code.toLowerCase()}`;
    const absolute = (value: string): string => absoluteUrl(value, url);
    const mapEntry = (entry: NavigationSetting): NavigationEntry => ({
      label: entry.label,
      sectionPath: entry.section ?? null,
      url: entry.url === undefined ? null : absolute(entry.url),
      isLiveEntry: entry.live,
      children: entry.children.map(mapEntry),
    });
    return {
      code: setting.code,
      name: setting.name,
      homeLabel: setting.homeLabel ?? setting.name,
      tagline: setting.tagline ?? null,
      language: Intl.getCanonicalLocales(setting.language)[0] ?? setting.language,
      direction: setting.direction ?? directionOf(setting.language),
      timeZone: setting.timeZone,
      url,
      links: setting.links.map((link) => ({ label: link.label, url: absolute(link.url), rel: link.rel ?? null })),
      navigation: setting.navigation.map(mapEntry),
    };
  });
