import type { EditionCode } from '../../../src/content/edition.ts';

/** Words of a newspaper, the most frequent first: the first dozen are in nearly every sentence. */
const NEWS_WORDS: Readonly<Record<EditionCode, string>> = {
  EN: `the of to and in a for on that is with by said as at from was it has after government people would year city
    minister talks water new prices officials report week police election president company court market energy schools
    workers country border health million agreement harbour trade river students climate security budget villages bread
    winter trains vote roads hospital families industry museum region wheat bridge farmers fishing festival research
    storm league stadium airport orchard theatre glass lighthouse`,
  AR: `في من على إلى أن عن مع التي هذا بعد قال كان بين قبل خلال حول لم كما أو ما الحكومة الناس المدينة الوزير المحادثات
    المياه الأسعار المسؤولون التقرير الأسبوع الشرطة الانتخابات الرئيس الشركة المحكمة السوق الطاقة المدارس العمال البلاد
    الحدود الصحة مليون الاتفاق الميناء التجارة النهر الطلاب المناخ الأمن الميزانية القرى الخبز الشتاء القطارات التصويت
    الطرق المستشفى العائلات الصناعة المتحف المنطقة القمح الجسر المزارعون الصيد المهرجان البحث العاصفة الدوري الملعب
    المطار البستان المسرح الزجاج المنارة`,
  ES: `de la que el en y a los se del las por un para con no una su al lo como más gobierno personas ciudad ministro
    conversaciones agua precios funcionarios informe semana policía elecciones presidente empresa tribunal mercado energía
    escuelas trabajadores país frontera salud millones acuerdo puerto comercio río estudiantes clima seguridad presupuesto
    pueblos pan invierno trenes voto caminos hospital familias industria museo región trigo puente agricultores pesca
    festival investigación tormenta liga estadio aeropuerto huerto teatro vidrio faro`,
};

/** What names of places and people that nobody has ever heard of are made of. */
const SYLLABLES: Readonly<Record<EditionCode, string>> = {
  EN: 'tar vel nor bek sul dra min hol gar fen rik lom pas wen dur kel',
  AR: 'تار فيل نور بيك سول درا مين هول غار فين ريك لوم باس وين دور كيل',
  ES: 'tar vel nor bec sul dra min jol gar fen ric lom pas ven dur quel',
};

const wordsIn = (text: string): readonly string[] => text.split(/\s+/);

/** Sixteen syllables to the power of three. */
const NAMES = 4096;
/** Prime to their number: each comes once, and neighbours are nothing alike. */
const NAME_STEP = 1_571;

const writeNames = (edition: EditionCode): readonly string[] => {
  const syllables = wordsIn(SYLLABLES[edition]);
  return Array.from({ length: NAMES }, (_, number) => {
    const code = (number * NAME_STEP) % NAMES;
    const name = [code >> 8, (code >> 4) & 15, code & 15].map((digit) => syllables[digit]).join('');
    return name.charAt(0).toUpperCase() + name.slice(1);
  });
};

/** Every word that a made-up text of `edition` may hold, the most frequent first; names of nobody are the long tail. */
export const archiveWordsOf = (edition: EditionCode): readonly string[] => [
  ...wordsIn(NEWS_WORDS[edition]),
  ...writeNames(edition),
];

/** Stands in half of the texts of its edition. */
export const COMMON_WORD: Readonly<Record<EditionCode, string>> = { EN: 'harbour', AR: 'الميناء', ES: 'puerto' };

/** Stands in one article of some thousands, and is sought by whoever looks for just that. */
export const RARE_WORD: Readonly<Record<EditionCode, string>> = { EN: 'quokka', AR: 'الخلنجان', ES: 'axolote' };

/** Stands in half of the older texts of its edition, and in none of the newest. */
export const PAST_WORD: Readonly<Record<EditionCode, string>> = { EN: 'zeppelin', AR: 'المنطاد', ES: 'zepelín' };
