import { z } from 'zod';
import type { Instant } from '../clock.ts';
import { EDITION_CODES, parseEditionCode, type EditionCode } from '../content/edition.ts';
import { ARTICLE_KINDS, SYNDICATION_RIGHTS } from '../content/entities.ts';
import type { Plan } from '../content/plan.ts';
import { normalisePath } from '../content/slug.ts';
import { label } from './fields.ts';
import { isNetwork } from './network.ts';

/** A partner as the configuration file names it. */
export interface DeclaredPartner {
  readonly id: string;
  readonly name: string;
  /** Of a plan in the same file. */
  readonly plan: string;
  /** Its keys open nothing from then on; null: they go on. */
  readonly expiresAt: Instant | null;
  /** Addresses and networks it sends from; empty: anywhere. */
  readonly addresses: readonly string[];
}

/** What plans and partners are called: in commands, addresses and answers. */
const NAME = /^[a-z][a-z0-9-]{0,39}$/;
const NAME_RULE = 'must be a small letter, then small letters, digits and hyphens, 40 at most';
export const partnerName = z.string().regex(NAME, NAME_RULE);

const editionCode = z
  .string()
  .refine((code) => parseEditionCode(code) !== undefined, `must be one of ${EDITION_CODES.join(', ')}`)
  .transform((code) => parseEditionCode(code) ?? EDITION_CODES[0])
  .meta({ enum: EDITION_CODES.flatMap((code) => [code, code.toLowerCase()]) });

const sectionPath = z
  .string()
  .transform(normalisePath)
  .refine((path) => path !== '', 'must be the path of a section, such as news/politics');

const planFields = z.strictObject({
  editions: z.array(editionCode).min(1).optional().describe('whose articles; default: those of every edition'),
  sections: z
    .record(
      z.string().refine((code) => parseEditionCode(code) !== undefined, `must be one of ${EDITION_CODES.join(', ')}`),
      z.array(sectionPath).min(1),
    )
    .optional()
    .describe('paths by edition, what is below them included; an edition that is not named here is had whole'),
  kinds: z.array(z.enum(ARTICLE_KINDS)).min(1).optional().describe('default: every kind'),
  syndication: z.enum(SYNDICATION_RIGHTS).describe('FULL, EXCERPT, or NONE for a plan that is suspended'),
  embargoed: z.boolean().default(false).describe('whether articles are had before their embargo ends'),
  budget: z
    .strictObject({
      capacity: z.int().positive().describe('cost that may be asked at once'),
      refillPerMinute: z.int().positive().describe('cost that comes back every minute'),
    })
    .optional()
    .describe('how much may be asked; default: no limit of its own'),
});

const codesOf = (sections: object | undefined): readonly EditionCode[] =>
  Object.keys(sections ?? {}).flatMap((code) => parseEditionCode(code) ?? []);

/** Whoever names sections of one edition means that edition, mostly: what is had besides is said, not guessed. */
const planSchema = planFields
  .refine(({ editions, sections }) => sections === undefined || editions !== undefined, {
    path: ['editions'],
    error: 'must name the editions that are had once "sections" is there: those without sections are had whole',
  })
  .refine(
    ({ editions, sections }) => editions === undefined || codesOf(sections).every((code) => editions.includes(code)),
    {
      path: ['sections'],
      error: 'has an edition that "editions" does not name',
    },
  )
  .refine(({ sections }) => !namesTwice(sections), {
    path: ['sections'],
    error: 'has an edition twice, in two spellings: put its paths into one list',
  });

/** Whoever reads a file with two lists for one edition takes one of them for all that is had. */
const namesTwice = (sections: object | undefined): boolean => {
  const codes = codesOf(sections);
  return new Set(codes).size < codes.length;
};

/** A plan as it is written down, checked and with its defaults filled in. */
export const planSetting = planSchema.transform(
  ({ editions, sections, kinds, syndication, embargoed, budget }): Plan => ({
    editions: editions ?? null,
    sections:
      sections === undefined
        ? null
        : Object.fromEntries(
            Object.entries(sections).map(([code, paths]) => [parseEditionCode(code) ?? code, paths ?? []]),
          ),
    kinds: kinds ?? null,
    syndication,
    embargoed,
    budget: budget ?? null,
  }),
);

export const partnerSetting = z.strictObject({
  name: label.optional().describe('as people call it; default: its name here'),
  plan: z.string().describe('which of "plans"'),
  expires: z.iso
    .datetime({ offset: true })
    .optional()
    .describe('its keys open nothing from then on, e.g. 2027-01-01T00:00:00Z; default: they go on'),
  addresses: z
    .array(z.string().refine(isNetwork, 'must be an address or a network, such as 203.0.113.0/24'))
    .default([])
    .describe('where its requests come from; default: anywhere'),
});

/** Whether every partner has one of the plans. */
export const findLostPlans = (content: {
  readonly plans: object;
  readonly partners: Readonly<Record<string, { readonly plan: string }>>;
}): readonly string[] =>
  Object.entries(content.partners)
    .filter(([, { plan }]) => !Object.hasOwn(content.plans, plan))
    .map(([id]) => id);

/** Names as they are compared: who reads a list tells them apart by their words. */
export const nameKey = (name: string): string => name.normalize('NFKC').toLowerCase().replaceAll(/\s+/gu, ' ').trim();

/** Partners that are called as one before them is. */
export const findNamesakes = (
  partners: Readonly<Record<string, { readonly name?: string | undefined }>>,
): readonly string[] => {
  const known = new Set<string>();
  return Object.entries(partners).flatMap(([id, { name = id }]) => {
    const key = nameKey(name);
    const isKnown = known.has(key);
    known.add(key);
    return isKnown ? [id] : [];
  });
};

/** Partners of a file, in its order. */
export const mapPartners = (
  partners: Readonly<Record<string, z.output<typeof partnerSetting>>>,
): readonly DeclaredPartner[] =>
  Object.entries(partners).map(([id, { name = id, plan, expires, addresses }]) => ({
    id,
    name,
    plan,
    expiresAt: expires === undefined ? null : Date.parse(expires),
    addresses,
  }));
