/** What the gateway counts for readers. */
export type Counted = 'minutes' | 'shares' | 'views';

/** A phrase by the plural category of its number, which stands at `#`; a form without it says the number itself. */
export type Phrase = Readonly<Partial<Record<Intl.LDMLPluralRule, string>>> & { readonly other: string };

/** By language, as the categories of CLDR have it: six in Arabic; in Spanish "many" is a round million, which takes "de". */
export const PHRASES: Readonly<Record<string, Readonly<Record<Counted, Phrase>>>> = {
  en: {
    minutes: { one: '# minute', other: '# minutes' },
    shares: { one: '# share', other: '# shares' },
    views: { one: '# view', other: '# views' },
  },
  ar: {
    minutes: { one: 'دقيقة واحدة', two: 'دقيقتان', few: '# دقائق', other: '# دقيقة' },
    shares: { zero: 'لا مشاركات', one: 'مشاركة واحدة', two: 'مشاركتان', few: '# مشاركات', other: '# مشاركة' },
    views: { zero: 'لا مشاهدات', one: 'مشاهدة واحدة', two: 'مشاهدتان', few: '# مشاهدات', other: '# مشاهدة' },
  },
  es: {
    minutes: { one: '# minuto', many: '# de minutos', other: '# minutos' },
    shares: { one: 'compartido # vez', many: 'compartido # de veces', other: 'compartido # veces' },
    views: { one: 'visto # vez', many: 'visto # de veces', other: 'visto # veces' },
  },
};
