import { z } from 'zod';
import { EDITION_CODES, parseEditionCode, type Edition, type NavigationEntry } from '../content/edition.ts';
import { absoluteUrl } from '../content/addresses.ts';
import { directionOf } from '../content/language.ts';
import { normalisePath, parseAddress } from '../content/slug.ts';
import { spellingKey } from '../content/spelling.ts';
import { baseUrl } from './base-url.ts';
import { text } from './fields.ts';
import { findLostPlans, findNamesakes, partnerName, partnerSetting, planSetting } from './partner-schema.ts';
import { createStoreSchema } from './store-schema.ts';
import { MAIN_STORE } from './stores.ts';

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
/** A tag alone is not enough: what Node has no data for it writes in the language of the machine. */
const isLocale = (tag: string): boolean => isLanguage(tag) && Intl.DateTimeFormat.supportedLocalesOf(tag).length === 1;
const NUMBERING_SYSTEMS: ReadonlySet<string> = new Set(Intl.supportedValuesOf('numberingSystem'));
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

interface LocaleSettings {
  readonly language: string;
  readonly locale?: string | undefined;
  readonly numberingSystem?: string | undefined;
}

const isWritten = ({ language, locale = language }: LocaleSettings): boolean =>
  !isLanguage(language) || isLocale(locale) || !isLanguage(locale);
const isOfLanguage = ({ language, locale = language }: LocaleSettings): boolean =>
  !isLanguage(language) ||
  !isLanguage(locale) ||
  new Intl.Locale(locale).language === new Intl.Locale(language).language;
const areDigitsAgreed = ({ locale, numberingSystem }: LocaleSettings): boolean => {
  const own = locale !== undefined && isLanguage(locale) ? new Intl.Locale(locale).numberingSystem : undefined;
  return own === undefined || numberingSystem === undefined || own === numberingSystem;
};

const editionFields = z.strictObject({
  code: z
    .string()
    .refine((code) => parseEditionCode(code) !== undefined, `must be one of ${EDITION_CODES.join(', ')}`)
    .transform((code) => parseEditionCode(code) ?? EDITION_CODES[0])
    .describe('which desk: a value of EditionCode')
    .meta({ enum: EDITION_CODES.flatMap((code) => [code, code.toLowerCase()]) }),
  name: text,
  tagline: text.optional(),
  language: z.string().refine(isLanguage, 'must be a BCP 47 language tag such as ar or es-MX'),
  direction: z.enum(['LTR', 'RTL']).optional(),
  locale: z
    .string()
    .refine(isLanguage, 'must be a BCP 47 language tag such as ar-LB or es-MX')
    .optional()
    .describe('how dates and numbers are written; default: the language'),
  numberingSystem: z
    .string()
    .refine(
      (name) => NUMBERING_SYSTEMS.has(name),
      'must be a numbering system of Unicode, such as latn (0123) or arab (٠١٢٣)',
    )
    .optional()
    .describe('the digits; default: those of the locale'),
  timeZone: z.string().refine(isTimeZone, 'must be an IANA time zone such as Asia/Beirut'),
  store: z.string().optional().describe(`which of "stores" its content lives in; default: ${MAIN_STORE}`),
  url: baseUrl.optional(),
  homeLabel: text.optional().describe('the first step of breadcrumbs; default: the name'),
  links: z.array(z.strictObject({ label: text, url: address, rel: text.optional() })).default([]),
  navigation: z.array(navigationEntry).default([]),
});

const edition = editionFields
  .refine(isWritten, {
    path: ['locale'],
    error: 'must be a locale that Node can write dates in; the language alone is none, give one such as en-GB',
  })
  .refine(isOfLanguage, { path: ['locale'], error: 'must be of the same language as "language", such as ar-LB for ar' })
  .refine(areDigitsAgreed, {
    path: ['numberingSystem'],
    error: 'differs from the one in "locale" (-u-nu-…): give one of them',
  });

const areDistinct = (values: readonly string[]): boolean => new Set(values).size === values.length;
const editionList = z
  .array(edition)
  .min(1)
  .refine((list) => areDistinct(list.map(({ code }) => code)), 'an edition stands here twice')
  .describe('the desks this gateway serves, in display order');

/** They are read in errors, figures and the header of a hook. */
const storeName = z
  .string()
  .regex(/^[a-z][a-z0-9-]{0,39}$/, 'must be a small letter, then small letters, digits and hyphens, 40 at most')
  .refine((name) => !['postgres', 'embedded', 'redis'].includes(name), 'is what the gateway calls a part of its own');

/**
 * The configuration file.
 *
 * @param directory of the file: paths in it begin there.
 */
export const createNewsroomSchema = (directory: string) =>
  z
    .strictObject({
      stores: z
        .record(storeName, createStoreSchema(directory))
        .default({})
        .describe('where content lives beside the gateway’s own database, by name'),
      editions: editionList,
      plans: z
        .record(partnerName, planSetting)
        .default({})
        .describe('what partners may have beyond everybody, by name'),
      partners: z
        .record(partnerName, partnerSetting)
        .default({})
        .describe('who holds which plan; keys are made by masthead partner rotate'),
    })
    .superRefine((content, context) => {
      for (const id of findLostPlans(content))
        context.addIssue({ code: 'custom', path: ['partners', id, 'plan'], message: 'is none of "plans"' });
      for (const id of findNamesakes(content.partners))
        context.addIssue({
          code: 'custom',
          path: ['partners', id, 'name'],
          message: 'is what another partner is called',
        });
    });

export type NewsroomSettings = z.output<ReturnType<typeof createNewsroomSchema>>;

/** Whether no two editions stand at one address, defaults included: a URL must say whose it is. */
export const haveOwnAddresses = (editions: readonly Edition[]): boolean =>
  areDistinct(editions.map(({ url }) => spellingKey(JSON.stringify(parseAddress(url)))));

/** The locale with its digits written out, so that every reader of the tag writes the same ones. */
const mapLocale = ({ language, locale = language, numberingSystem }: LocaleSettings): Intl.Locale =>
  new Intl.Locale(locale, {
    numberingSystem: numberingSystem ?? new Intl.NumberFormat(locale).resolvedOptions().numberingSystem,
  });

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
    const locale = mapLocale(setting);
    return {
      code: setting.code,
      name: setting.name,
      homeLabel: setting.homeLabel ?? setting.name,
      tagline: setting.tagline ?? null,
      language: Intl.getCanonicalLocales(setting.language)[0] ?? setting.language,
      direction: setting.direction ?? directionOf(setting.language),
      locale: locale.toString(),
      numberingSystem: locale.numberingSystem ?? 'latn',
      timeZone: setting.timeZone,
      url,
      links: setting.links.map((link) => ({ label: link.label, url: absolute(link.url), rel: link.rel ?? null })),
      navigation: setting.navigation.map(mapEntry),
    };
  });
